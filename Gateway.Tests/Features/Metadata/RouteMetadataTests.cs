using System.Globalization;
using System.Text.Json;
using Gateway.Features.Metadata;
using Gateway.Pipeline;

namespace Gateway.Tests.Features.Metadata;

/// <summary>The typed getter: the table of contract 08 §10.</summary>
public sealed class RouteMetadataTests
{
    [Theory]
    [InlineData("Yes", true)]
    [InlineData(" OK ", true)]
    [InlineData("enabled", true)]
    [InlineData("1", true)]
    [InlineData("abc", false)]
    [InlineData("off", false)]
    public void Reads_a_boolean(string text, bool expected) => Assert.Equal(expected, Of(text).Get<bool>("k"));

    [Theory]
    [InlineData("on", true)]
    [InlineData("Disabled", false)]
    [InlineData("0", false)]
    [InlineData("abc", null)]
    public void Reads_a_boolean_that_may_be_neither(string text, bool? expected) => Assert.Equal(expected, Of(text).Get<bool?>("k"));

    [Theory]
    [InlineData("a, b,", new[] { "a", "b" })]
    [InlineData("", new string[0])]
    [InlineData(" , ,", new string[0])]
    [InlineData("a|b", new[] { "a|b" })]
    public void Splits_a_list(string text, string[] expected) => Assert.Equal(expected, Of(text).Get<string[]>("k"));

    [Fact]
    public void Splits_and_trims_by_what_the_options_add()
    {
        var format = MetadataFormat.Default with { Separators = [",", "|"], TrimChars = [' ', '-'] };

        Assert.Equal(["a", "b", "c"], Of("-a- | b,c", format).Get<string[]>("k")!);
    }

    [Fact]
    public void Reads_each_kind_of_number()
    {
        Assert.Equal((sbyte)-5, Of("-5").Get<sbyte>("k"));
        Assert.Equal((byte)5, Of("5").Get<byte>("k"));
        Assert.Equal((short)-500, Of("-500").Get<short>("k"));
        Assert.Equal((ushort)500, Of("500").Get<ushort>("k"));
        Assert.Equal(-1_000, Of("-1,000").Get<int>("k"));
        Assert.Equal(5u, Of("5").Get<uint>("k"));
        Assert.Equal(5_000_000_000, Of("5000000000").Get<long>("k"));
        Assert.Equal(5ul, Of(" 5 ").Get<ulong>("k"));
        Assert.Equal(1.5f, Of("1.5").Get<float>("k"));
        Assert.Equal(1.5e3, Of("1.5e3").Get<double>("k"));
        Assert.Equal(1.50m, Of("1.50").Get<decimal>("k"));
    }

    [Theory]
    [InlineData("de-DE", "1.234,5")]
    [InlineData("en-GB", "1,234.5")]
    [InlineData("fr", "1\u00A0234,5")]
    [InlineData("de-CH", "1’234.5")]
    public void Reads_numbers_as_the_culture_writes_them(string culture, string text)
    {
        var format = MetadataFormat.Default with { Culture = NumberCulture.Find(culture)! };

        Assert.Equal(1234.5, Of(text, format).Get<double>("k"));
    }

    [Fact]
    public void Reads_a_json_number_alike_in_every_culture()
    {
        var metadata = new RouteMetadata([new("k", new MetadataValue("1.5", IsNumber: true))], MetadataFormat.Default with { Culture = NumberCulture.Find("de")! });

        Assert.Equal(1.5m, metadata.Get<decimal>("k"));
    }

    [Fact]
    public void Reads_what_only_some_styles_allow()
    {
        Assert.Throws<FormatException>(() => Of("1,000", MetadataFormat.Default with { Style = NumberStyles.Integer }).Get<int>("k"));
        Assert.Throws<FormatException>(() => Of("many").Get<int>("k"));
    }

    [Fact]
    public void Reads_anything_else_as_json()
    {
        Assert.Equal(1, Of("""{ "a": 1 }""").Get<Shape>("k")!.A);
        Assert.Equal(5, Of("5").Get<int?>("k"));
        Assert.Equal([1, 2], Of("[1, 2]").Get<int[]>("k")!);
        Assert.Throws<JsonException>(() => Of("{").Get<Shape>("k"));
    }

    [Fact]
    public void Gives_the_callers_value_where_there_is_none()
    {
        Assert.Equal("fallback", Of("x").Get("other", "fallback"));
        Assert.Equal("fallback", Of("x").Get("K", "fallback"));
        Assert.Equal(7, Of("x").Get("other", 7));
    }

    private static RouteMetadata Of(string text, MetadataFormat? format = null) => new([new("k", new MetadataValue(text))], format ?? MetadataFormat.Default);

    private sealed record Shape(int A);
}
