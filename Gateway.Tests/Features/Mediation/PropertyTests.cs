using System.Globalization;
using System.Text;
using CsCheck;
using Gateway.Features.Mediation;
using Gateway.Features.Mediation.Plans;

namespace Gateway.Tests.Features.Mediation;

/// <summary>What holds for every body, tried on random ones; a failure names its seed.</summary>
public sealed class PropertyTests
{
    private static readonly string[] Names = ["a", "b", "order_id", "secret", "line2Text", "\\u00e9", "x.y"];

    private static readonly Gen<string> Scalars = Gen.OneOf(
        Gen.Const("null"), Gen.Const("true"), Gen.Const("9007199254740993"), Gen.Const("1e400"), Gen.Const("1.10"), Gen.Const("\"\\ud83d\\ude00\\n\""),
        Gen.Int.Select(i => i.ToString(CultureInfo.InvariantCulture)), Gen.Char.AlphaNumeric.Array[0, 40].Select(c => $"\"{new string(c)}\""));

    private static readonly Gen<string> Bodies = Object(3);

    [Theory]
    [InlineData("""[{"Wrap":"w"}]""", """[{"Unwrap":"w"}]""")]
    [InlineData("""[{"Rename":{"a":"zz"}}]""", """[{"Rename":{"zz":"a"}}]""")]
    [InlineData("""[{"Rename":{"a":"b","b":"a"}}]""", """[{"Rename":{"a":"b","b":"a"}}]""")]
    [InlineData("""[{"Wrap":"w"},{"Set":{"extra":1}}]""", """[{"Remove":["extra"]},{"Unwrap":"w"}]""")]
    public void A_plan_and_its_inverse_give_the_input_back(string steps, string inverse)
    {
        var there = Workbench.Steps(steps);
        var back = Workbench.Steps(inverse);

        Bodies.Sample(body => Assert.Equal(body, Run(back, Run(there, body))), iter: 300);
    }

    [Theory]
    [InlineData("""[{"Remove":["..secret"]},{"Case":"camel"}]""")]
    [InlineData("""[{"Select":["a","b[*].order_id"]},{"Wrap":"w"}]""")]
    [InlineData("""[{"Redact":{"..a":"hash"}},{"Sort":{"none":{}}},{"Rename":{"..b":"bb"}}]""")]
    public void Every_split_of_the_input_gives_the_same_output(string steps)
    {
        var plan = Workbench.Steps(steps);

        Gen.Select(Bodies, Gen.Int[1, 20]).Sample((body, chunk) => Assert.Equal(Run(plan, body), Run(plan, body, chunk)), iter: 500);
    }

    [Theory]
    [InlineData("""[{"Remove":["..secret"]}]""")]
    [InlineData("""[{"Remove":["..secret"]},{"Expr":{"copy":"a"}}]""")]
    [InlineData("""[{"Redact":{"..secret":"all"}},{"Case":"snake"}]""")]
    [InlineData("""[{"Select":["a.a","b"]},{"Remove":["..secret"]},{"Convert":{"b":"integer"}}]""")]
    [InlineData("""[{"Remove":["..secret"]},{"Validate":{"properties":{"a":{"type":"null"}}}}]""")]
    public void What_is_hidden_is_in_no_output_and_no_error(string steps)
    {
        var plan = Workbench.Steps(steps);

        Bodies.Sample(
            body =>
            {
                var marked = body.Replace("\"secret\":", "\"secret\":\"TOPSECRET\",\"secret\":", StringComparison.Ordinal);
                try
                {
                    Assert.DoesNotContain("TOPSECRET", Run(plan, marked), StringComparison.Ordinal);
                }
                catch (MediationFailure failure)
                {
                    Assert.DoesNotContain("TOPSECRET", $"{failure} {failure.Pointer} {string.Join(' ', failure.Details)}", StringComparison.Ordinal);
                }
            },
            iter: 500);
    }

    private static string Run(MediationPlan plan, string body, int chunk = int.MaxValue) => Workbench.Run(plan, Encoding.UTF8.GetBytes(body), chunk: chunk).Body;

    // Names once each, so that what a step does to duplicates doesn't matter here.
    private static Gen<string> Object(int depth) =>
        Gen.Select(Gen.Shuffle(Names), Value(depth).Array[Names.Length], Gen.Int[0, Names.Length])
            .Select((names, values, count) => $"{{{string.Join(',', names.Zip(values, (n, v) => $"\"{n}\":{v}").Take(count))}}}");

    private static Gen<string> Value(int depth) => depth == 0
        ? Scalars
        : Gen.OneOf(Scalars, Object(depth - 1), Value(depth - 1).Array[0, 4].Select(items => $"[{string.Join(',', items)}]"));
}
