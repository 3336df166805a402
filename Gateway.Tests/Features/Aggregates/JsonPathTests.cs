using System.Text.Json;
using Gateway.Features.Aggregates.JsonPaths;

namespace Gateway.Tests.Features.Aggregates;

public sealed class JsonPathTests
{
    private const string Shop = """
        { "store": { "book": [
            { "author": "A", "title": "a b", "price": 8.95, "tags": [ "x", "y" ] },
            { "author": "B", "title": "c", "price": 12.99 },
            { "author": "C", "isbn": "0-553", "price": 8.99, "odd.name": 1 } ],
          "bike": { "price": 19.95, "it's": true } }, "n": null }
        """;

    [Theory]
    [InlineData("$.store.book[*].author", "A B C")]
    [InlineData("store.book[*].author", "A B C")]
    [InlineData("$['store']['book'][1]['author']", "B")]
    [InlineData("$[\"store\"].bike[\"it's\"]", "True")]
    [InlineData("$.store.bike['it\\'s']", "True")]
    [InlineData("$.store.book[2]['odd.name']", "1")]
    [InlineData("$..price", "19.95 8.95 12.99 8.99")]
    [InlineData("$..book[0].title", "a b")]
    [InlineData("$.store.book[0,2].author", "A C")]
    [InlineData("$.store.book[-1].author", "C")]
    [InlineData("$.store.book[1:].author", "B C")]
    [InlineData("$.store.book[:1].author", "A")]
    [InlineData("$.store.book[-2:].author", "B C")]
    [InlineData("$.store.book[::2].author", "A C")]
    [InlineData("$.store.book[9].author", "")]
    [InlineData("$.store.book.author", "")]
    [InlineData("$.store.bike.*", "19.95 True")]
    [InlineData("$.store.book[0]['author','price']", "A 8.95")]
    [InlineData("$.store.book[?(@.price < 10)].author", "A C")]
    [InlineData("$.store.book[?(@.price < 10 && @.isbn)].author", "C")]
    [InlineData("$.store.book[?(@.author == 'A' || @.author == \"B\")].author", "A B")]
    [InlineData("$.store.book[?(@.author != 'A')].author", "B C")]
    [InlineData("$.store.book[?(@.tags[*] == 'y')].author", "A")]
    [InlineData("$.store.book[?(@.price >= 12.99)].author", "B")]
    [InlineData("$.store.book[?(@.title > 'b')].author", "B")]
    [InlineData("$.n", "")]
    public void Selects(string path, string expected)
    {
        Assert.True(JsonPath.TryParse(path, out var parsed, out var fault), fault);

        Assert.Equal(expected.Split(' ', StringSplitOptions.RemoveEmptyEntries).Order(),
            parsed.Select(JsonDocument.Parse(Shop).RootElement).SelectMany(v => v.ToString().Split(' ', StringSplitOptions.RemoveEmptyEntries)).Order());
    }

    [Theory]
    [InlineData("$", true)]
    [InlineData("$.a['b'][0]", true)]
    [InlineData("$[*]", false)]
    [InlineData("$..a", false)]
    [InlineData("$['a','b']", false)]
    [InlineData("$[0,1]", false)]
    [InlineData("$[0:1]", false)]
    [InlineData("$[?(@.a)].b", false)]
    public void Knows_whether_it_can_select_more_than_one_value(string path, bool isSingle)
    {
        Assert.True(JsonPath.TryParse(path, out var parsed, out _));

        Assert.Equal(isSingle, parsed.IsSingle);
    }

    [Theory]
    [InlineData("$.", "a name is missing")]
    [InlineData("$[", "it ends too early")]
    [InlineData("$[]", "']' at character 3")]
    [InlineData("$[1", "a ']' is missing")]
    [InlineData("$['a]", "a quote is opened")]
    [InlineData("$.a b", "' ' at character 4")]
    [InlineData("$[99999999999]", "is no index")]
    [InlineData("$[::-1]", "must be positive")]
    [InlineData("$[?(@.a == b)]", "'b' is no text")]
    [InlineData("$[?(a)]", "'a' at character 5")]
    [InlineData("$[(@.length-1)]", "'(' at character 3")]
    public void Says_what_it_cannot_read(string path, string fault)
    {
        Assert.False(JsonPath.TryParse(path, out _, out var found));

        Assert.Contains(fault, found, StringComparison.Ordinal);
    }
}
