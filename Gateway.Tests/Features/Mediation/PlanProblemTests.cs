using Gateway.Configuration;

namespace Gateway.Tests.Features.Mediation;

public sealed class PlanProblemTests
{
    [Theory]
    [InlineData("""[{"Renam":{"a":"b"}}]""", "$.Response.Steps[0].Renam", "Did you mean 'Rename'?")]
    [InlineData("""[{"Remove":["a"],"Rename":{"b":"c"}}]""", "$.Response.Steps[0].Rename", "two operators")]
    [InlineData("""[{"If":"a"}]""", "$.Response.Steps[0]", "no operator")]
    [InlineData("""[{"Remove":["a..b]"]}]""", "$.Response.Steps[0].Remove[0]", "doesn't parse")]
    [InlineData("""[{"Remove":["a.*"]}]""", "$.Response.Steps[0].Remove[0]", "[*]")]
    [InlineData("""[{"Select":["..a"]}]""", "$.Response.Steps[0].Select[0]", "only Remove, Redact, Replace and Rename")]
    [InlineData("""[{"Filter":{"items":"qty >"}}]""", "$.Response.Steps[0].Filter['items']", "ends too early")]
    [InlineData("""[{"Expr":{"a":"lenght(b)"}}]""", "$.Response.Steps[0].Expr['a']", "did you mean length()?")]
    [InlineData("""[{"Expr":{"a":"join(b)"}}]""", "$.Response.Steps[0].Expr['a']", "takes 2 arguments, not 1")]
    [InlineData("""[{"Convert":{"a":"integr"}}]""", "$.Response.Steps[0].Convert['a']", "Did you mean 'integer'?")]
    [InlineData("""[{"Convert":{"a":"iso -> epoch"}}]""", "$.Response.Steps[0].Convert['a']", "Conversions are string")]
    [InlineData("""[{"Convert":{"a":"string"},"OnInvalid":"skip"}]""", "$.Response.Steps[0].OnInvalid", "fail, keep, null")]
    [InlineData("""[{"Set":{"a":"{clam:sub}"}}]""", "$.Response.Steps[0].Set['a']", "Did you mean 'claim:NAME'?")]
    [InlineData("""[{"Rename":{"a":"b"}},{"Rename":{"b":"a"}}]""", "$.Response.Steps[1].Rename", "undoes Response.Steps[0].Rename")]
    [InlineData("""[{"Wrap":"x"},{"Unwrap":"x"}]""", "$.Response.Steps[1].Unwrap", "undoes")]
    [InlineData("""[{"Set":{"x":1}},{"Remove":["x"]}]""", "$.Response.Steps[1].Remove", "undoes")]
    [InlineData("""[{"Convert":{"a":"base64"}},{"Convert":{"a":"unbase64"}}]""", "$.Response.Steps[1].Convert", "undoes")]
    [InlineData("""[{"Remove":["a"]},{"Rename":{"a.b":"c"}}]""", "$.Response.Steps[1].Rename", "can never match")]
    [InlineData("""[{"Select":["a"]},{"Convert":{"b":"string"}}]""", "$.Response.Steps[1].Convert", "doesn't keep it")]
    [InlineData("""[{"Case":"camel"},{"Remove":["order_id"]}]""", "$.Response.Steps[1].Remove", "'orderId'")]
    [InlineData("""[{"Rename":{"a":"c","b":"c"}}]""", "$.Response.Steps[0].Rename['b']", "would both get the name")]
    [InlineData("""[{"Format":{"From":"xml"}},{"Format":{"To":"xml"}},{"Wrap":"x"}]""", "$.Response.Steps", "Make it the last step")]
    [InlineData("""[{"Remove":["x"]},{"Format":{"From":"xml"}}]""", "$.Response.Steps", "Make it the first step")]
    [InlineData("""[{"Each":{"items":[{"Rename":{"a":7}}]}}]""", "$.Response.Steps[0].Each['items'][0].Rename['a']", "the new name")]
    [InlineData("""[{"Shape":{"a":"$b"}}]""", "$.Response.Steps[0].Shape['a']", "$.b")]
    [InlineData("""[{"Handler":"Revers"}]""", "$.Response.Steps[0].Handler", "Did you mean 'Reverse'?")]
    [InlineData("""[{"Handler":"Nobody"}]""", "$.Response.Steps[0].Handler", "no handler")]
    [InlineData("""[{"Validate":{"requird":["a"]}}]""", "$.Response.Steps[0].Validate", "Did you mean 'required'?")]
    [InlineData("""[{"Replace":{"a":{"Find":"(?=x)","With":"","Regex":true}}}]""", "$.Response.Steps[0].Replace['a'].Find", "can't be used")]
    [InlineData("""[{"Header":{"Content-Length":"5"}}]""", "$.Response.Steps[0].Header['Content-Length']", "can't be set")]
    public void Names_the_place_and_the_fix(string steps, string path, string expected)
    {
        var (plan, problems) = Workbench.Compile($$"""{ "Response": { "Steps": {{steps}} } }""");

        Assert.Null(plan);
        Assert.Contains(problems, p => p.Path == path && (p.Message + " " + p.Fix).Contains(expected, StringComparison.Ordinal) && p.Severity == Severity.Error);
        Assert.All(problems, p => Assert.True(p.Origin is { File: "plan.json", Line: 1, Column: > 0 }));
    }

    [Theory]
    [InlineData("""[{"Set":{"t":1}},{"Expr":{"x":"t"}},{"Remove":["t"]}]""")]
    [InlineData("""[{"Remove":["a"]},{"Set":{"a.b":1}},{"Convert":{"a.b":"string"}}]""")]
    [InlineData("""[{"Select":["a.b"]},{"Rename":{"a.b":"c"}},{"Convert":{"a.c":"string"}}]""")]
    [InlineData("""[{"Case":"camel"},{"Set":{"a_b":1}},{"Convert":{"a_b":"string"}}]""")]
    [InlineData("""[{"Remove":["items[0]"]},{"Remove":["items[0]"]}]""")]
    [InlineData("""[{"Unwrap":"data"},{"Wrap":"data"}]""")]
    public void Finds_no_fault_in_what_makes_sense(string steps) => Workbench.Steps(steps);

    [Fact]
    public void Reports_all_problems_at_once()
    {
        var (_, problems) = Workbench.Compile("""{ "Respons": {}, "Request": { "When": { "Status": 200 }, "Steps": [ { "Status": 202 }, { "Foo": 1 } ] }, "Errors": { "If": "a ==" } }""");

        Assert.Equal(5, problems.Count);
    }

    [Fact]
    public void Says_a_problem_as_a_compiler_does()
    {
        var (_, problems) = Workbench.Compile("{ \"Response\": {\n  \"Steps\": [ { \"Each\": { \"items\": [ { \"Remove\": [ \"a[\" ] } ] } } ] } }");

        Assert.StartsWith("plan.json:2:51: error invalid_value $.Response.Steps[0].Each['items'][0].Remove[0]: the path 'a[' doesn't parse", Assert.Single(problems).ToString(), StringComparison.Ordinal);
    }
}
