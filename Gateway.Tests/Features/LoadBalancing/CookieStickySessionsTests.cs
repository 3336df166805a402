using Gateway.Features.LoadBalancing;
using Gateway.Pipeline;
using Microsoft.Extensions.Time.Testing;

namespace Gateway.Tests.Features.LoadBalancing;

public sealed class CookieStickySessionsTests
{
    private static readonly TimeSpan Expiry = TimeSpan.FromMinutes(20);

    private readonly FakeTimeProvider _time = new();
    private readonly Destination[] _destinations = Balancing.Destinations(2);
    private readonly StickySessions _sessions;
    private readonly CookieStickySessions _balancer;

    public CookieStickySessionsTests()
    {
        _sessions = new StickySessions(Expiry, _time, capacity: 100);
        _balancer = new CookieStickySessions("sid", _sessions);
    }

    [Fact]
    public void Sends_a_session_where_it_went_before() =>
        Assert.Equal("abaabb", Picks("sid=1", "sid=2", "sid=1", "sid=1", "sid=2", "sid=2"));

    [Fact]
    public void Balances_round_robin_without_the_cookie() => Assert.Equal("abab", Picks(null, "other=1", null, "xsid=1"));

    [Theory]
    [InlineData("sid=1", "a=b; sid=1; c=d")]
    [InlineData("sid=1", "sid=1;a=b")]
    [InlineData("sid=a%20b=", "x=sid=2; sid=a%20b=")]
    [InlineData("sid=\"1\"", "sid=\"1\"")]
    public void Finds_the_cookie_among_others(string first, string second)
    {
        Assert.Equal("aa", Picks(first, second));
    }

    [Fact]
    public void Tells_cookies_apart_by_case() => Assert.Equal("abab", Picks("SID=1", "SID=1", "SID=1", "SID=1"));

    [Fact]
    public void Follows_the_value_that_an_answer_sets()
    {
        var login = Balancing.Request();
        login.Destination = _balancer.Lease(login, _destinations);
        login.Http.Response.Headers.SetCookie = new(["theme=dark", "sid=abc; Path=/; HttpOnly"]);
        _balancer.Apply(login);

        Assert.Equal("a", login.Destination.Host);
        Assert.Equal("aaa", Picks("sid=abc", "sid=abc", "sid=abc"));
    }

    [Fact]
    public void Follows_a_session_whose_value_the_service_changes()
    {
        Picks("sid=1");
        var request = Balancing.Request("sid=2");
        request.Destination = _balancer.Lease(request, _destinations);
        request.Http.Response.Headers.SetCookie = "sid=3";
        _balancer.Apply(request);

        Assert.Equal("bbba", Picks("sid=2", "sid=3", "sid=3", "sid=1"));
    }

    [Theory]
    [InlineData("sid=; Max-Age=0")]
    [InlineData("other=1")]
    [InlineData("sid")]
    public void Remembers_nothing_of_an_answer_that_sets_no_session(string setCookie)
    {
        var request = Balancing.Request();
        request.Destination = _balancer.Lease(request, _destinations);
        request.Http.Response.Headers.SetCookie = setCookie;

        _balancer.Apply(request);

        Assert.Equal(0, _sessions.Count);
    }

    [Fact]
    public void Picks_again_when_the_destination_has_gone_and_stays_there()
    {
        Picks("sid=1");

        var elsewhere = Balancing.Picks(_balancer, _destinations[1..], 2, "sid=1");

        Assert.Equal("bb", elsewhere);
        Assert.Equal("bb", Picks("sid=1", "sid=1"));
    }

    [Fact]
    public void Knows_a_destination_that_was_gone_and_came_back_as_another_object()
    {
        Picks("sid=1", "sid=2", "sid=3");

        var again = Balancing.Picks(_balancer, Balancing.Destinations(2), 2, "sid=2");

        Assert.Equal("bb", again);
    }

    [Fact]
    public void Forgets_a_session_that_was_not_asked_for_in_its_expiry()
    {
        Picks("sid=1"); // a
        _time.Advance(Expiry - TimeSpan.FromSeconds(1));
        Assert.Equal("a", Picks("sid=1"));
        _time.Advance(Expiry - TimeSpan.FromSeconds(1));
        Assert.Equal("a", Picks("sid=1"));

        _time.Advance(Expiry);

        Assert.Equal("b", Picks("sid=1"));
    }

    [Fact]
    public void Frees_the_memory_of_expired_sessions()
    {
        for (var i = 0; i < 50; i++) Picks($"sid={i}");
        _time.Advance(Expiry);

        Picks("sid=new");

        Assert.Equal(1, _sessions.Count);
    }

    [Fact]
    public void Never_keeps_more_sessions_than_it_has_room_for_and_forgets_the_oldest_first()
    {
        Picks("sid=first");
        for (var i = 0; i < 1000; i++)
        {
            _time.Advance(TimeSpan.FromMilliseconds(1));
            Picks($"sid={i}");
            Assert.InRange(_sessions.Count, 0, 100);
        }

        Assert.Null(_sessions.Find("first"));
        Assert.NotNull(_sessions.Find("999"));
    }

    private string Picks(params string?[] cookies) => Balancing.Picks(_balancer, _destinations, cookies.Length, cookies);
}
