using System.Text;
using Gateway.Configuration;
using Gateway.Features.Mediation;
using Gateway.Features.Mediation.Plans;

namespace Gateway.Tests.Features.Mediation;

/// <summary>Which variant runs, which profile comes first, and what becomes of errors (design §1, A22, A23, A29, A33).</summary>
public sealed class ChoiceTests
{
    [Theory]
    [InlineData("""{"Status":200}""", """{"status":200}""", true)]
    [InlineData("""{"Status":["2xx",404]}""", """{"status":404}""", true)]
    [InlineData("""{"Status":["2xx",404]}""", """{"status":400}""", false)]
    [InlineData("""{"Status":"2xx","Method":"get"}""", """{"status":299,"method":"GET"}""", true)]
    [InlineData("""{"Status":"2xx","Method":["PUT","GET"]}""", """{"status":200,"method":"POST"}""", false)]
    [InlineData("""{"ContentType":"application/json"}""", """{"contentType":"application/json; charset=utf-8"}""", true)]
    [InlineData("""{"ContentType":["application/xml","*+json"]}""", """{"contentType":"application/hal+json"}""", true)]
    [InlineData("""{"ContentType":"text/*"}""", """{"contentType":"application/json"}""", false)]
    [InlineData("""{"Header":{"x-a":"1"}}""", """{"headers":{"X-A":"1"}}""", true)]
    [InlineData("""{"Header":{"X-A":["1","2"]}}""", """{"headers":{"X-A":"2"}}""", true)]
    [InlineData("""{"Header":{"X-A":"*"}}""", """{"headers":{"X-A":""}}""", true)]
    [InlineData("""{"Header":{"X-A":"*"}}""", "{}", false)]
    [InlineData("""{"Query":{"v":"*"}}""", """{"query":{"v":"x"}}""", true)]
    [InlineData("""{"Query":{"v":"1"}}""", """{"path":"/a?v=2&v=1"}""", true)]
    [InlineData("""{"Claim":{"role":"admin"}}""", """{"claims":{"role":["user","admin"]}}""", true)]
    [InlineData("""{"Claim":{"role":"admin"}}""", "{}", false)]
    [InlineData("""{"Header":{"V":"<3"}}""", """{"headers":{"V":"2.9"}}""", true)]
    [InlineData("""{"Header":{"V":"<3"}}""", """{"headers":{"V":"3.0"}}""", false)]
    [InlineData("""{"Header":{"V":"<=3"}}""", """{"headers":{"V":"3.0.0"}}""", true)]
    [InlineData("""{"Header":{"V":">=2.1"}}""", """{"headers":{"V":"2.10"}}""", true)]
    [InlineData("""{"Header":{"V":">2.1"}}""", """{"headers":{"V":"2.1"}}""", false)]
    [InlineData("""{"Header":{"V":"<3"}}""", """{"headers":{"V":"abc"}}""", false)]
    [InlineData("""{"Header":{"V":"<3"}}""", "{}", false)]
    [InlineData("""{"Header":{"V":["<2",">=5"]}}""", """{"headers":{"V":"6"}}""", true)]
    public void Fits_where_all_of_the_conditions_hold(string when, string context, bool fits)
    {
        var plan = Workbench.Plan($$"""{ "Response": [ { "When": {{when}}, "Steps": [ { "Wrap": "w" } ] } ] }""");

        Assert.Equal(fits ? """{"w":{ }}""".Replace(" ", "", StringComparison.Ordinal) : "{ }", Run(plan, "{ }", context));
    }

    [Fact]
    public void Runs_the_first_variant_that_fits_and_no_other()
    {
        var plan = Workbench.Plan("""{ "Response": [ { "When": { "Status": 404 }, "Steps": [ { "Wrap": "a" } ] }, { "When": { "Status": "4xx" }, "Steps": [ { "Wrap": "b" } ] }, { "When": { "Status": "4xx" }, "Steps": [ { "Wrap": "c" } ] } ] }""");

        Assert.Equal("""{"a":1}""", Run(plan, "1", """{"status":404}"""));
        Assert.Equal("""{"b":1}""", Run(plan, "1", """{"status":400}"""));
        Assert.Equal(" 1 ", Run(plan, " 1 ", """{"status":200}"""));
    }

    [Fact]
    public void Runs_profiles_in_the_order_of_Use_and_then_the_plans_own_steps()
    {
        const string Profiles = """
            { "camel": { "Response": { "Steps": [ { "Case": "camel" } ] } },
              "choosy": { "Response": [ { "When": { "Status": 200 }, "Steps": [ { "Set": { "ok": true } } ] }, { "Steps": [ { "Set": { "ok": false } } ] } ], "Errors": { "Status": 418 } },
              "late": { "Errors": { "Status": 503 } } }
            """;
        var plan = Compile("""{ "Use": [ "choosy", "camel" ], "Response": { "Steps": [ { "Wrap": "data" } ] } }""", Profiles);
        var last = Compile("""{ "Use": [ "choosy", "late" ] }""", Profiles);
        var own = Compile("""{ "Use": [ "choosy", "late" ], "Errors": { "Status": 504 } }""", Profiles);

        Assert.Equal("""{"data":{"aB":1,"ok":true}}""", Run(plan, """{"a_b":1}"""));
        Assert.Equal("""{"data":{"aB":1,"ok":false}}""", Run(plan, """{"a_b":1}""", """{"status":201}"""));
        Assert.Equal(418, Outcome(plan, "{}", """{"status":500}""").Status);
        Assert.Equal(503, Outcome(last, "{}", """{"status":500}""").Status);
        Assert.Equal(504, Outcome(own, "{}", """{"status":500}""").Status);
    }

    [Fact]
    public void Refuses_a_profile_that_nobody_has_written()
    {
        var problems = new ProblemList();

        Assert.Null(Compile("""{ "Use": [ "camle" ] }""", """{ "camel": { "Response": { "Steps": [ { "Case": "camel" } ] } } }""", problems));
        Assert.Contains(problems, p => p.Path == "$.Use[0]" && p.Fix.Contains("camel", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("""{}""", 404, """{"a":1}""", 404, """{"type":"about:blank","title":"Not Found","status":404,"a":1,"instance":"/x","requestId":"r"}""")]
    [InlineData("""{}""", 200, """{"a":1}""", null, """{"a":1}""")]
    [InlineData("""{"If":"ok == `false`"}""", 200, """{"ok":false}""", 502, """{"type":"about:blank","title":"Bad Gateway","status":502,"ok":false,"instance":"/x","requestId":"r"}""")]
    [InlineData("""{"If":"ok == `false`"}""", 404, """{"ok":true}""", null, """{"ok":true}""")]
    [InlineData("""{"When":{"Status":"4xx"},"If":"ok == `false`"}""", 404, """{"ok":true}""", 404, """{"type":"about:blank","title":"Not Found","status":404,"ok":true,"instance":"/x","requestId":"r"}""")]
    [InlineData("""{"Status":503,"StatusFrom":{"code":{"A":409}}}""", 500, """{"code":"A"}""", 409, null)]
    [InlineData("""{"Status":503,"StatusFrom":{"code":{"A":409}}}""", 500, """{"code":"B"}""", 503, null)]
    [InlineData("""{"StatusFrom":{"code":{"A":409,"*":502}}}""", 500, """{}""", 502, null)]
    [InlineData("""{"StatusFrom":{"code":{"A":409}}}""", 500, """{}""", 500, null)]
    [InlineData("""{"Hide":["stack","inner.sql"]}""", 500, """{"msg":"m","stack":"s","inner":{"sql":"q","n":1}}""", 500, """{"type":"about:blank","title":"Internal Server Error","status":500,"msg":"m","inner":{"n":1},"instance":"/x","requestId":"r"}""")]
    [InlineData("""{"Problem":{"title":"$.msg"}}""", 500, """{"stack":"s"}""", 500, """{"type":"about:blank","title":"Internal Server Error","status":500,"instance":"/x","requestId":"r"}""")]
    [InlineData("""{"Problem":{"title":"$.msg"}}""", 500, "not json", 500, """{"type":"about:blank","title":"Internal Server Error","status":500,"instance":"/x","requestId":"r"}""")]
    public void Makes_a_problem_of_an_error(string errors, int status, string body, int? expected, string? problem)
    {
        var plan = Workbench.Plan($$"""{ "Errors": {{errors}} }""");
        var context = Workbench.Context($$"""{"status":{{status}},"path":"/x","requestId":"r"}""");

        var (mediated, outcome) = Workbench.Run(plan, Encoding.UTF8.GetBytes(body), context: context);

        Assert.Equal(expected, outcome.Status);
        if (problem is not null) Assert.Equal(problem, mediated);
    }

    [Fact]
    public void Runs_no_variant_on_an_error()
    {
        var plan = Workbench.Plan("""{ "Response": { "Steps": [ { "Wrap": "data" } ] }, "Errors": { "When": { "Status": 500 }, "Problem": { "title": "$.msg" } } }""");

        Assert.DoesNotContain("data", Run(plan, """{"msg":"m"}""", """{"status":500}"""), StringComparison.Ordinal);
        Assert.Equal("""{"data":{"msg":"m"}}""", Run(plan, """{"msg":"m"}"""));
    }

    [Fact]
    public void Reads_operators_options_and_choices_in_any_case_and_names_exactly()
    {
        var plan = Workbench.Plan("""{ "response": { "steps": [ { "CONVERT": { "a": "Integer" }, "oninvalid": "KEEP" }, { "remove": [ "B" ] }, { "case": { "to": "CAMEL" } } ] } }""");

        Assert.Equal("""{"a":5,"b":1}""", Run(plan, """{"a":"5","b":1,"B":2}"""));
    }

    private static MediationPlan Compile(string mediation, string profiles) => Compile(mediation, profiles, new ProblemList())!;

    private static MediationPlan? Compile(string mediation, string profiles, ProblemList problems)
    {
        var node = DocumentParser.Parse(Encoding.UTF8.GetBytes(mediation), "plan.json", problems)!;
        var named = new MediationProfiles((ObjectNode)DocumentParser.Parse(Encoding.UTF8.GetBytes(profiles), "profiles.json", problems)!, "GlobalConfiguration.Mediation.Profiles");
        return PlanCompiler.Compile(node, "$", problems, new PlanServices { HashKey = new byte[32] }, named);
    }

    private static string Run(MediationPlan plan, string body, string context = "{}") =>
        Workbench.Run(plan, Encoding.UTF8.GetBytes(body), context: Workbench.Context(context)).Body;

    private static MediationOutcome Outcome(MediationPlan plan, string body, string context) =>
        Workbench.Run(plan, Encoding.UTF8.GetBytes(body), context: Workbench.Context(context)).Outcome;
}
