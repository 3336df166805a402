using Gateway.Features.Authentication;

namespace Gateway.Tests.Features.Authentication;

/// <summary>What is remembered of tokens stays bounded, and what is used stays.</summary>
public sealed class TokenCacheTests
{
    [Fact]
    public void Forgets_what_was_not_asked_for_and_keeps_what_was()
    {
        var cache = new TokenCache<string>(capacity: 10);
        cache.Set(Hash("kept"), "kept");
        cache.Set(Hash("lost"), "lost");

        for (var i = 0; i < 100; i++)
        {
            cache.Set(Hash($"{i}"), "other");
            Assert.Equal("kept", cache.Find(Hash("kept")));
        }

        Assert.Null(cache.Find(Hash("lost")));
        Assert.InRange(Enumerable.Range(0, 100).Count(i => cache.Find(Hash($"{i}")) is not null), 1, 10);
    }

    [Fact]
    public void Tells_tokens_apart_that_differ_in_one_character_and_forgets_on_demand()
    {
        var cache = new TokenCache<string>();
        cache.Set(Hash("abc"), "first");
        cache.Set(Hash("abd"), "second");

        cache.Remove(Hash("abc"));

        Assert.Null(cache.Find(Hash("abc")));
        Assert.Equal("second", cache.Find(Hash("abd")));
    }

    [Theory]
    [InlineData(10)]
    [InlineData(5000)]
    public void The_hash_of_a_token_depends_on_all_of_it(int length)
    {
        var token = new string('x', length);

        Assert.Equal(TokenHash.Of(token), TokenHash.Of(new string('x', length)));
        Assert.NotEqual(TokenHash.Of(token), TokenHash.Of(token[1..] + "y"));
    }

    private static TokenHash Hash(string token) => TokenHash.Of(token);
}
