using System.Security.Claims;
using Gateway.Features.Claims;

namespace Gateway.Tests.Features.Claims;

/// <summary>The grammar of claim expressions (contract 03 §5).</summary>
public sealed class ClaimExpressionTests
{
    private static readonly ClaimsPrincipal Caller = new(new ClaimsIdentity(
        [new("sub", "admin|42"), new("v", "a&b c%"), new("v", "second"), new("http://x.example/id", "9")], "test"));

    [Theory]
    [InlineData("Claims[sub] > value", "admin|42")]
    [InlineData("Claims[sub]>value", "admin|42")]
    [InlineData("Claims[sub] >", "admin|42")]
    [InlineData("Claims[sub] > value[1] > |", "42")]
    [InlineData("Claims[sub] > value[0] > |", "admin")]
    [InlineData("Claims[sub] > value[1] > |#", "42")]
    [InlineData("Claims[sub] > value[1] >  ", "admin|42")]
    [InlineData("Claims[sub] > value[9] > |", null)]
    [InlineData("Claims[nope] > value", null)]
    [InlineData("Claims[SUB] > value", null)]
    [InlineData("Claims[v] > value", "a&b c%,second")]
    [InlineData("Claims[v] > value[1] > ,", "second")]
    [InlineData("Claims[http://x.example/id] > value", "9")]
    public void Gives_the_value_that_Ocelot_gives(string text, string? expected)
    {
        var expression = ClaimExpression.Parse(text, (message, _) => Assert.Fail(message));

        Assert.Equal(expected, expression!.Evaluate(Caller));
    }

    [Theory]
    [InlineData("nonsense")]
    [InlineData("")]
    [InlineData("claims[sub] > value")]
    [InlineData("Claims[] > value")]
    [InlineData("Claims[sub > value")]
    [InlineData("Claims[sub]")]
    [InlineData("Claims[sub] > vale")]
    [InlineData("Claims[sub] > value[1]")]
    [InlineData("Claims[sub] > value > |")]
    [InlineData("Claims[sub] > value[x] > |")]
    [InlineData("Claims[sub] > value[-1] > |")]
    [InlineData("Claims[sub] > value[0] > > ")]
    public void Refuses_what_Ocelot_would_pass_over(string text)
    {
        var faults = new List<string>();

        Assert.Null(ClaimExpression.Parse(text, (message, _) => faults.Add(message)));
        Assert.Single(faults);
    }
}
