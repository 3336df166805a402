using Gateway.Routing;
using Microsoft.AspNetCore.Http.Features;

namespace Gateway.Tests.Routing;

public sealed class RequestPathTests
{
    [Theory]
    [InlineData("/", "/")]
    [InlineData("/a/b", "/a/b")]
    [InlineData("/a/b?c=/../d", "/a/b")]
    [InlineData("/%61%2d%7E", "/a-~")]
    [InlineData("/caf%c3%a9", "/caf%C3%A9")]
    [InlineData("/a%2fb", "/a%2Fb")]
    [InlineData("/a%26b&c", "/a%26b&c")]
    [InlineData("/a%2Cb", "/a%2Cb")]
    [InlineData("/a%20b", "/a%20b")]
    [InlineData("/%ZZ", "/%25ZZ")]
    [InlineData("/a%", "/a%25")]
    [InlineData("/%252e%252e/b", "/%252e%252e/b")]
    [InlineData("/%2541", "/%2541")]
    [InlineData("/a\"b|c\\d#e", "/a%22b%7Cc%5Cd%23e")]
    [InlineData("/\u00e9", "/%C3%A9")]
    [InlineData("/\U0001f600", "/%F0%9F%98%80")]
    [InlineData("/a//b", "/a//b")]
    [InlineData("/a/./b/../c", "/a/c")]
    [InlineData("/a/..", "/")]
    [InlineData("/a/.", "/a/")]
    [InlineData("/../../a", "/a")]
    [InlineData("/a/%2e%2E/b", "/b")]
    [InlineData("/a/.%2e/b", "/b")]
    [InlineData("/a/..%2Fb", "/a/..%2Fb")]
    [InlineData("/a//../b", "/a/b")]
    [InlineData("/.well-known/..x/.y.", "/.well-known/..x/.y.")]
    [InlineData("http://host/a%2fb?c", "/a%2Fb")]
    [InlineData("HTTP://host:80", "/")]
    [InlineData("http://host?c", "/")]
    [InlineData("*", "")]
    [InlineData("host:443", "")]
    public void Reads_a_target_in_canonical_spelling(string target, string expected) =>
        Assert.Equal(expected, RequestPath.Parse(target).Text);

    [Theory]
    [InlineData("/base/a%2fb", "/base", "/a%2fb", "/a%2Fb")]
    [InlineData("/BASE/a%2fb", "/base", "/a%2fb", "/a%2Fb")]
    [InlineData("/base", "/base", "", "/")]
    [InlineData("/base/", "/base", "/", "/")]
    [InlineData("/my%20base/a", "/my base", "/a", "/a")]
    [InlineData("/base/../base/a", "/base", "/a", "/a")]
    [InlineData("", "", "/a b", "/a%20b")]
    [InlineData("", "", "", "")]
    [InlineData("/other", "/base", "/a b", "/a%20b")]
    public void Leaves_the_path_base_out(string target, string pathBase, string path, string expected) =>
        Assert.Equal(expected, RequestPath.From(target, pathBase, path).Text);

    [Theory]
    [InlineData("/orders/17", "")]
    [InlineData("/base/orders/17?page=2", "/base")]
    [InlineData("http://host/orders/17", "")]
    public void Reuses_the_servers_string_where_nothing_changes(string target, string pathBase)
    {
        var path = new string("/orders/17");

        var read = RequestPath.From(target, pathBase, path);

        Assert.Same(path, read.Text);
        Assert.Same(path, read.Key);
    }

    [Fact]
    public void Reads_the_raw_target_of_a_request()
    {
        var http = new DefaultHttpContext();
        http.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget = "/a%26b?c=d";
        http.Request.Path = "/a&b";
        http.Request.QueryString = new QueryString("?c=d");
        http.Request.Host = new HostString("gw.test", 8080);
        http.Request.Method = "PUT";

        var request = RouteRequest.From(http);

        Assert.Equal("/a%26b", request.Path.Text);
        Assert.Equal(("PUT", "gw.test:8080", "?c=d"), (request.Method, request.Host, request.Query));
        Assert.Same(http.Request.Headers, request.Headers);
    }
}
