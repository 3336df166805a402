using Gateway.Configuration;
using static Gateway.Tests.Configuration.Loading;

namespace Gateway.Tests.Configuration;

public sealed class SubstitutionTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("${NAME}", "value")]
    [InlineData("a ${NAME} b ${NAME}", "a value b value")]
    [InlineData("${NONE:-default}", "default")]
    [InlineData("${NONE:-}", "")]
    [InlineData("${NONE:-http://x:80/}", "http://x:80/")]
    [InlineData("${NAME:-default}", "value")]
    [InlineData("${EMPTY:-default}", "default")]
    [InlineData("$${NAME}", "${NAME}")]
    [InlineData("${CASH}", "$5 ${NAME}")]
    [InlineData("$NAME {NAME} $", "$NAME {NAME} $")]
    public void Puts_the_environment_into_strings(string text, string expected)
    {
        _folder.Write("ocelot.json", $$"""{ "Routes": [ { "DownstreamHostAndPorts": [ { "Host": "{{text}}" } ] } ] }""");

        var loaded = Good(Files(_folder.Path, variables: [("NAME", "value"), ("EMPTY", ""), ("CASH", "$5 ${NAME}")]));

        Assert.Equal(DocumentWriter.Quoted(expected), loaded.At("Routes.0.DownstreamHostAndPorts.0.Host"));
    }

    [Theory]
    [InlineData("${NONE}", ProblemCodes.UnknownReference, "NONE is not set", "${NONE:-default}")]
    [InlineData("${EMPTY}", ProblemCodes.UnknownReference, "EMPTY is not set, or empty", "${EMPTY:-default}")]
    [InlineData("${NAME", ProblemCodes.InvalidValue, "without a \"}\"", "$${")]
    [InlineData("${}", ProblemCodes.InvalidValue, "no name", "$${")]
    [InlineData("${a b}", ProblemCodes.InvalidValue, "\"a b\"", "$${")]
    public void Refuses_what_it_cannot_fill(string text, string code, string message, string fix)
    {
        _folder.Write("ocelot.json", $$"""{ "Routes": [ { "AuthenticationOptions": { "AuthenticationProviderKeys": [ "a", "{{text}}" ] } } ] }""");

        var problem = Assert.Single(Problems(Files(_folder.Path, variables: [("NAME", "value"), ("EMPTY", "")])));

        Assert.Equal((code, "Routes[0].AuthenticationOptions.AuthenticationProviderKeys[1]"), (problem.Code, problem.Path));
        Assert.Contains(message, problem.Message, StringComparison.Ordinal);
        Assert.Contains(fix, problem.Fix, StringComparison.Ordinal);
    }
}
