using System.Text;
using Gateway.Features.Mediation;

namespace Gateway.Tests.Features.Mediation;

public sealed class PassingStepsTests
{
    [Theory]
    [InlineData("""[{"Remove":["b"]}]""", """{"a":1,"b":{"c":[1,2]},"d":3}""", """{"a":1,"d":3}""")]
    [InlineData("""[{"Remove":["items[0]","items[1]"]}]""", """{"items":[1,2,3]}""", """{"items":[3]}""")]
    [InlineData("""[{"Remove":["..secret"]}]""", """{"secret":1,"a":[{"secret":2,"b":{"secret":3,"c":4}}]}""", """{"a":[{"b":{"c":4}}]}""")]
    [InlineData("""[{"Remove":["items[-1]"]}]""", """{"items":[1,2,3]}""", """{"items":[1,2]}""")]
    [InlineData("""[{"Remove":["['odd.name']"]}]""", """{"odd.name":1,"odd":{"name":2}}""", """{"odd":{"name":2}}""")]
    [InlineData("""[{"Remove":["caf\u00e9"]}]""", """{"caf\u00e9":1,"b":2}""", """{"b":2}""")]
    [InlineData("""[{"Select":["a","b[*].c"]}]""", """{"a":{"x":1},"b":[{"c":1,"d":2},{"d":3},7],"e":5}""", """{"a":{"x":1},"b":[{"c":1},{}]}""")]
    [InlineData("""[{"Select":["a.b"]}]""", """{"a":5,"c":1}""", """{}""")]
    [InlineData("""[{"Rename":{"a.b":"c"}}]""", """{"a":{"x":1,"b":2,"y":3}}""", """{"a":{"x":1,"c":2,"y":3}}""")]
    [InlineData("""[{"Rename":{"a":"b","b":"a"}}]""", """{"a":1,"b":2}""", """{"b":1,"a":2}""")]
    [InlineData("""[{"Rename":{"..Id":"id"}}]""", """{"Id":1,"x":[{"Id":2}]}""", """{"id":1,"x":[{"id":2}]}""")]
    [InlineData("""[{"Wrap":"items"}]""", """[1]""", """{"items":[1]}""")]
    [InlineData("""[{"Unwrap":"a.b"}]""", """{"x":{"b":0},"a":{"c":1,"b":[1,{"z":2}]},"y":1}""", """[1,{"z":2}]""")]
    [InlineData("""[{"Unwrap":{"Path":"a","OnMissing":"null"}}]""", """{"b":1}""", "null")]
    [InlineData("""[{"Unwrap":{"Path":"a","OnMissing":"keep"}}]""", """{"b":1}""", """{"b":1}""")]
    [InlineData("""[{"Unwrap":"a"}]""", """{"a":1,"a":{"b":2}}""", """{"b":2}""")]
    [InlineData("""[{"Set":{"x":"WEB","a.b":1,"n.o.p":null}}]""", """{"a":{"b":0,"c":1},"x":"old"}""", """{"a":{"b":1,"c":1},"x":"WEB","n":{"o":{"p":null}}}""")]
    [InlineData("""[{"Set":{"items[*].x":true}}]""", """{"items":[{"y":1},{"x":false}]}""", """{"items":[{"y":1,"x":true},{"x":true}]}""")]
    [InlineData("""[{"Case":"camel"}]""", """{"order_id":1,"HTTPServer":{"line2Text":1,"_links":2,"a-b c":3}}""", """{"orderId":1,"httpServer":{"line2Text":1,"_links":2,"aBC":3}}""")]
    [InlineData("""[{"Case":{"To":"snake","At":"data","Except":["keepMe"]}}]""", """{"topName":1,"data":{"innerName":{"keepMe":{"deepName":1}}}}""", """{"topName":1,"data":{"inner_name":{"keepMe":{"deep_name":1}}}}""")]
    public void Changes_the_body_as_it_passes(string steps, string body, string expected)
    {
        Assert.Equal(expected, Workbench.Run(steps, body));

        var plan = Workbench.Steps(steps);
        foreach (var chunk in (int[])[1, 2, 3, 7])
            Assert.Equal(expected, Workbench.Run(plan, Encoding.UTF8.GetBytes(body), chunk: chunk).Body);
    }

    [Theory]
    [InlineData("""[{"Rename":{"a":"b"}}]""", """{"a":1,"b":2}""")]
    [InlineData("""[{"Rename":{"a":"b"}}]""", """{"b":1,"a":2}""")]
    [InlineData("""[{"Case":"camel"}]""", """{"order_id":1,"orderId":2}""")]
    [InlineData("""[{"Set":{"a.b":1}}]""", """{"a":"text"}""")]
    [InlineData("""[{"Set":{"a.b":1}}]""", """{"a":[]}""")]
    [InlineData("""[{"Unwrap":"a"}]""", """{"b":1}""")]
    public void Refuses_a_body_that_a_step_cannot_treat(string steps, string body)
    {
        Assert.Equal(MediationFault.Unprocessable, Workbench.Refusal(steps, body).Fault);
    }

    [Fact]
    public void Names_the_step_and_the_value_at_which_it_stopped()
    {
        var failure = Workbench.Refusal("""[{"Remove":["x"]},{"Set":{"orders[*].by.id":1}}]""", """{"orders":[{},{"by":7}]}""", MediationSide.Request);

        Assert.Equal("Request.Steps[1].Set", failure.Step);
        Assert.Equal("/orders/1/by", failure.Pointer);
    }

    [Fact]
    public void Names_the_value_however_the_body_arrives()
    {
        var plan = Workbench.Steps("""[{"Each":{"$":[{"Convert":{"n":"integer"}}]}}]""");
        var body = Encoding.UTF8.GetBytes("""[{"t":["é","bb","ccc"],"n":1},{"t":["dddd"],"n":"x"}]""");

        foreach (var chunk in (int[])[1, 2, 3, 1000])
            Assert.Equal("/1/n", Assert.Throws<MediationFailure>(() => Workbench.Run(plan, body, chunk: chunk)).Pointer);
        var texts = Workbench.Steps("""[{"Convert":{"$[*]":"integer"}}]""");
        Assert.Equal("/2", Assert.Throws<MediationFailure>(() => Workbench.Run(texts, Encoding.UTF8.GetBytes("""["1","2","x"]"""), chunk: 1)).Pointer);
    }

    [Fact]
    public void Reads_a_long_name_and_a_long_number_that_come_in_small_pieces_in_time()
    {
        var body = Encoding.UTF8.GetBytes($$"""{"{{new string('é', 300_000)}}A":{{new string('9', 600_000)}}}""");

        Assert.Equal(Encoding.UTF8.GetString(body), Workbench.Run(Workbench.Steps("""[{"Remove":["zzz"]}]"""), body, chunk: 1).Body);
    }

    [Fact]
    public void Keeps_what_no_step_changes_byte_for_byte()
    {
        const string Body = """{"id":9007199254740993,"price":1.10,"e":1E+05,"t":"a\u0041\/\"b","u":"é😀\ud800","n":null,"b":[true,false]}""";

        Assert.Equal(Body, Workbench.Run("""[{"Remove":["zzz"]}]""", Body));
    }

    [Fact]
    public void Passes_a_text_that_is_longer_than_the_window()
    {
        var text = string.Concat(Enumerable.Repeat("é\\u0041\\\\x😀", 9000));
        var body = $$"""{"a":"{{text}}","b":"{{text}}","c":1}""";
        var plan = Workbench.Steps("""[{"Remove":["b"]},{"Case":"snake"}]""");

        foreach (var chunk in (int[])[1000, 16383, 16384, 100_000])
            Assert.Equal($$"""{"a":"{{text}}","c":1}""", Workbench.Run(plan, Encoding.UTF8.GetBytes(body), chunk: chunk).Body);
    }

    [Theory]
    [InlineData("""{"a":1,}""")]
    [InlineData("""{"a":1""")]
    [InlineData("""{"a" 1}""")]
    [InlineData("""[1,2}""")]
    [InlineData("""{"a":01}""")]
    [InlineData("""{"a":1.}""")]
    [InlineData("""{"a":-}""")]
    [InlineData("""{"a":tru}""")]
    [InlineData("""{"a":"x""")]
    [InlineData("""{"a":"\x"}""")]
    [InlineData("""{"a":"\u12g4"}""")]
    [InlineData("{\"a\":\"\n\"}")]
    [InlineData("""{} {}""")]
    [InlineData("""{}x""")]
    [InlineData("")]
    [InlineData("""{"a":1,"b":2,"a":3}""")]
    [InlineData("""{"a":1,"\u0061":3}""")]
    public void Refuses_a_request_that_is_not_good_JSON(string body)
    {
        var plan = Workbench.Steps("""[{"Remove":["zzz"]}]""", MediationSide.Request);

        foreach (var chunk in (int[])[1, 1000])
        {
            var failure = Assert.Throws<MediationFailure>(() => Workbench.Run(plan, Encoding.UTF8.GetBytes(body), MediationSide.Request, chunk: chunk));
            Assert.Equal(MediationFault.Malformed, failure.Fault);
        }
    }

    [Fact]
    public void Takes_64_levels_and_refuses_the_65th()
    {
        var deep = new string('[', 64) + new string(']', 64);

        Assert.Equal(deep, Workbench.Run("""[{"Remove":["zzz"]}]""", deep));
        Assert.Equal(MediationFault.Malformed, Workbench.Refusal("""[{"Remove":["zzz"]}]""", $"[{deep}]").Fault);
    }

    [Theory]
    [InlineData(new byte[] { 0xC0, 0x80 })]
    [InlineData(new byte[] { 0xED, 0xA0, 0x80 })]
    [InlineData(new byte[] { 0xFF })]
    [InlineData(new byte[] { 0xE2, 0x82 })]
    public void Refuses_what_is_not_UTF8(byte[] odd)
    {
        var plan = Workbench.Steps("""[{"Remove":["zzz"]}]""");

        Assert.Equal(MediationFault.Malformed, Assert.Throws<MediationFailure>(() => Workbench.Run(plan, [.. "[\""u8, .. odd, .. "\"]"u8])).Fault);
        Assert.Equal(MediationFault.Malformed, Assert.Throws<MediationFailure>(() => Workbench.Run(plan, [.. "{\""u8, .. odd, .. "\":1}"u8])).Fault);
    }

    [Fact]
    public void Drops_a_byte_order_mark()
    {
        foreach (var chunk in (int[])[1, 2, 100])
            Assert.Equal("[1]", Workbench.Run(Workbench.Steps("""[{"Remove":["zzz"]}]"""), [0xEF, 0xBB, 0xBF, .. "[1]"u8], chunk: chunk).Body);
    }

    [Fact]
    public void Refuses_a_body_over_the_cap()
    {
        var plan = Workbench.Plan("""{ "Response": { "MaxBytes": 10, "Steps": [ { "Remove": [ "a" ] } ] } }""");

        Assert.Equal("[1234567]", Workbench.Run(plan, "[1234567]"u8.ToArray()).Body);
        Assert.Equal(MediationFault.TooLarge, Assert.Throws<MediationFailure>(() => Workbench.Run(plan, "[123456789]"u8.ToArray())).Fault);
    }
}
