using Gateway.Features.Mediation;

namespace Gateway.Tests.Features.Mediation;

public sealed class ConversionTests
{
    [Theory]
    [InlineData("string", "9007199254740993", "\"9007199254740993\"")]
    [InlineData("string", "1.10", "\"1.10\"")]
    [InlineData("string", "true", "\"true\"")]
    [InlineData("string", "null", "null")]
    [InlineData("number", "\" 12.50 \"", "12.50")]
    [InlineData("number", "\"1e5\"", "1e5")]
    [InlineData("integer", "12.0", "12")]
    [InlineData("integer", "\"12\"", "12")]
    [InlineData("integer", "1.2e3", "1200")]
    [InlineData("integer", "-0", "0")]
    [InlineData("integer", "123456789012345678901234567890", "123456789012345678901234567890")]
    [InlineData("boolean", "\"TRUE\"", "true")]
    [InlineData("boolean", "1", "true")]
    [InlineData("boolean", "\"0\"", "false")]
    [InlineData("boolean", "false", "false")]
    [InlineData("trim", "\"  a b \"", "\"a b\"")]
    [InlineData("upper", "\"straße\"", "\"STRAßE\"")]
    [InlineData("lower", "\"ABC\"", "\"abc\"")]
    [InlineData("split(,)", "\"a,, b\"", "[\"a\",\"\",\" b\"]")]
    [InlineData("split(,)", "\"\"", "[]")]
    [InlineData("split( | )", "\"a | b\"", "[\"a\",\"b\"]")]
    [InlineData("join(; )", "[\"a\",1.10,true]", "\"a; 1.10; true\"")]
    [InlineData("join(,)", "[]", "\"\"")]
    [InlineData("epochSeconds -> iso", "1767225600", "\"2026-01-01T00:00:00Z\"")]
    [InlineData("epochSeconds -> iso", "1767225600.25", "\"2026-01-01T00:00:00.25Z\"")]
    [InlineData("epochSeconds -> iso", "-1.5", "\"1969-12-31T23:59:58.5Z\"")]
    [InlineData("epochMillis -> iso", "\"1767225600120\"", "\"2026-01-01T00:00:00.12Z\"")]
    [InlineData("epochMillis->iso", "0", "\"1970-01-01T00:00:00Z\"")]
    [InlineData("iso -> epochSeconds", "\"2026-01-01T01:00:00+01:00\"", "1767225600")]
    [InlineData("iso -> epochSeconds", "\"2026-01-01T00:00:00\"", "1767225600")]
    [InlineData("iso -> epochMillis", "\"2026-01-01T00:00:00.120Z\"", "1767225600120")]
    [InlineData("date(dd.MM.yyyy) -> iso", "\"31.12.2026\"", "\"2026-12-31\"")]
    [InlineData("date(dd.MM.yyyy HH:mm) -> iso", "\"31.12.2026 23:15\"", "\"2026-12-31T23:15:00Z\"")]
    [InlineData("iso -> date(dd.MM.yyyy)", "\"2026-12-31\"", "\"31.12.2026\"")]
    [InlineData("iso -> date(HH:mm dd/MM)", "\"2026-12-31T23:15:00-01:00\"", "\"00:15 01/01\"")]
    [InlineData("date(yyyyMMdd) -> iso", "20261231", "\"2026-12-31\"")]
    [InlineData("boolean -> 1/0", "true", "1")]
    [InlineData("boolean -> Y/N", "false", "\"N\"")]
    [InlineData("Y/N -> boolean", "\"Y\"", "true")]
    [InlineData("base64", "\"héllo\"", "\"aMOpbGxv\"")]
    [InlineData("unbase64", "\"aMOpbGxv\"", "\"héllo\"")]
    public void Converts(string conversion, string value, string expected)
    {
        Assert.Equal($$"""{"v":{{expected}}}""", Workbench.Run($$$"""[{"Convert":{"v":"{{{conversion}}}"}}]""", $$"""{"v":{{value}}}"""));
    }

    [Theory]
    [InlineData("string", "{}")]
    [InlineData("string", "[1]")]
    [InlineData("number", "\"12,5\"")]
    [InlineData("number", "\"\"")]
    [InlineData("number", "\"+1\"")]
    [InlineData("number", "true")]
    [InlineData("integer", "12.7")]
    [InlineData("integer", "1e999999999")]
    [InlineData("boolean", "2")]
    [InlineData("boolean", "\"yes\"")]
    [InlineData("trim", "5")]
    [InlineData("split(,)", "5")]
    [InlineData("join(,)", "[{}]")]
    [InlineData("join(,)", "[null]")]
    [InlineData("join(,)", "\"a\"")]
    [InlineData("epochSeconds -> iso", "1e30")]
    [InlineData("epochSeconds -> iso", "\"now\"")]
    [InlineData("iso -> epochSeconds", "\"01.02.2026\"")]
    [InlineData("date(dd.MM.yyyy) -> iso", "\"31.02.2026\"")]
    [InlineData("Y/N -> boolean", "\"X\"")]
    [InlineData("unbase64", "\"%%\"")]
    [InlineData("unbase64", "\"/w==\"")]
    public void Refuses_keeps_or_empties_what_cannot_be_converted(string conversion, string value)
    {
        var body = $$"""{"v":{{value}},"w":1}""";

        Assert.Equal(MediationFault.Unprocessable, Workbench.Refusal($$$"""[{"Convert":{"v":"{{{conversion}}}"}}]""", body).Fault);
        Assert.Equal(body, Workbench.Run($$"""[{"Convert":{"v":"{{conversion}}"},"OnInvalid":"keep"}]""", body));
        Assert.Equal("""{"v":null,"w":1}""", Workbench.Run($$"""[{"Convert":{"v":"{{conversion}}"},"OnInvalid":"null"}]""", body));
    }

    [Fact]
    public void Keeps_the_value_as_it_was_before_the_whole_list()
    {
        Assert.Equal("""{"v":"  x "}""", Workbench.Run("""[{"Convert":{"v":["trim","number"]},"OnInvalid":"keep"}]""", """{"v":"  x "}"""));
        Assert.Equal("""{"v":7}""", Workbench.Run("""[{"Convert":{"v":["trim","number"]}}]""", """{"v":" 7 "}"""));
        Assert.Equal("""{"v":"A-B"}""", Workbench.Run("""[{"Convert":{"v":["join(-)","upper"]}}]""", """{"v":["a","b"]}"""));
    }
}
