using System.Text;
using Gateway.Configuration;

namespace Gateway.Tests.Configuration;

public sealed class DocumentParserTests
{
    [Theory]
    [InlineData("{\n  \"a\": 1\n  \"b\": 2 }", 3, 3, "comma")]
    [InlineData("{\n  \"a\": [1 2] }", 2, 11, "comma")]
    [InlineData("{\n  \"a\" 1 }", 2, 7, "colon")]
    [InlineData("{\n  a: 1 }", 2, 3, "double quotation marks")]
    [InlineData("{\n  'a': 1 }", 2, 3, "double quotation marks")]
    [InlineData("{\n  \"a\": True }", 2, 8, "double quotation marks")]
    [InlineData("{\n  \"a\": 'x' }", 2, 8, "double quotation marks")]
    [InlineData("{\n  \"a\": 1 ]", 2, 10, "wrong kind")]
    [InlineData("{\n  \"ä\": 1 \"b\": 2 }", 2, 10, "comma")]
    [InlineData("{\n  \"a\": \"C:\\x\" }", 2, 12, "backslash")]
    [InlineData("{\n  \"a\": \"x\n }", 2, 10, "same line")]
    [InlineData("{ \"a\": 1 }\n}", 2, 1, "closes too early")]
    [InlineData("{\n  \"a\": [ 1,\n", 3, 1, "Close it")]
    [InlineData("{ \"a\": 1 /* x \n", 1, 10, "*/")]
    [InlineData("\n{ \"a\": \"x", 2, 10, "same line")]
    public void Points_to_the_place_that_is_no_JSON(string text, int line, int column, string fix)
    {
        var problem = Assert.Single(Parse(text).Problems);

        Assert.Equal((ProblemCodes.Syntax, line, column), (problem.Code, problem.Origin.Line, problem.Origin.Column));
        Assert.Contains(fix, problem.Fix, StringComparison.Ordinal);
    }

    [Fact]
    public void Tells_where_the_list_begins_that_never_ends()
    {
        var problem = Assert.Single(Parse("{\n  \"Routes\": [\n    { \"Key\": \"a\" },\n").Problems);

        Assert.Contains("begins at line 2, column 13", problem.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(new byte[] { (byte)'{', (byte)'"', 0xC3, 0x28, (byte)'"', (byte)':', (byte)'1', (byte)'}' })]
    [InlineData(new byte[] { (byte)'[', (byte)'"', (byte)'\\', (byte)'u', (byte)'d', (byte)'8', (byte)'0', (byte)'0', (byte)'"', (byte)']' })]
    public void Refuses_text_that_is_no_text(byte[] utf8)
    {
        var problems = new ProblemList();

        Assert.Null(DocumentParser.Parse(utf8, "f", problems));

        Assert.Equal((ProblemCodes.Syntax, 1, 2), (problems.Single().Code, problems.Single().Origin.Line, problems.Single().Origin.Column));
    }

    [Fact]
    public void Accepts_comments_and_trailing_commas()
    {
        var (root, problems) = Parse("// x\n{ /* y */ \"a\": [1, 2,], // z\n \"b\": {\"c\": 1.50,}, }\n// end");

        Assert.Empty(problems);
        Assert.Equal("{\n  \"a\": [1, 2],\n  \"b\": {\n    \"c\": 1.50\n  }\n}\n", DocumentWriter.Write(root!));
    }

    [Theory]
    [InlineData("{ \"a\": 1,\n \"a\": 2 }", 2, 2, "a", 1)]
    [InlineData("{ \"Routes\": [ {}, { \"b\": { \"c\": 1, \"c\": 2 } } ] }", 1, 36, "Routes[1].b.c", 1)]
    public void Refuses_a_name_that_stands_twice(string text, int line, int column, string path, int first)
    {
        var problem = Assert.Single(Parse(text).Problems);

        Assert.Equal((ProblemCodes.DuplicateKey, line, column, path), (problem.Code, problem.Origin.Line, problem.Origin.Column, problem.Path));
        Assert.Contains($"first is at line {first}", problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Finds_a_name_that_stands_twice_among_many()
    {
        var members = string.Join(",\n", Enumerable.Range(0, 100).Select(i => $"\"k{i % 99}\": {i}"));

        Assert.Equal("k0", Assert.Single(Parse($"{{\n{members} }}").Problems).Path);
    }

    [Fact]
    public void Refuses_nesting_without_end()
    {
        Assert.Equal(ProblemCodes.Syntax, Assert.Single(Parse(new string('[', 100_000)).Problems).Code);
    }

    private static (DocumentNode? Root, ProblemList Problems) Parse(string text)
    {
        var problems = new ProblemList();
        return (DocumentParser.Parse(Encoding.UTF8.GetBytes(text), "ocelot.json", problems), problems);
    }
}
