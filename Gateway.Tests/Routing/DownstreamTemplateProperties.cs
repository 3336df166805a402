using System.Text.RegularExpressions;
using CsCheck;
using Gateway.Routing;

namespace Gateway.Tests.Routing;

/// <summary>What holds for any template, any values and any query.</summary>
public sealed partial class DownstreamTemplateProperties
{
    private const int Times = 5_000;

    /// <summary>Text as bad as a client, a header or a claim can make it.</summary>
    private static readonly Gen<string> Nasty = Gen.OneOf(
        "", "a", "b", "..", ".", "../..", "/", "//", "%2e%2e", "%2E", "%2F", "%252e", "%", "%Z", "%C3", "?", "#", "&", "=", "+", " ", "\\",
        "\u00e9", "\ud800", "\U0001f600", "\"", "[", "|", ";", "a/../b", "/../", "@", ":", "\u0000", "\n")
        .Array[0, 5].Select(string.Concat);

    private static readonly Gen<string> Template = Gen.Select(
        Gen.OneOf("safe", "a.b", "{}", "{}", "x{}", ".{}", "{}.", "{}{}", "{}-{}", "\u00e9 #", "%7e").Array[0, 4],
        Gen.Bool,
        Gen.OneOf("", "", "?k=1", "?k={}", "?{}", "?{}=1&k", "?k={}{}&l=%ZZ"),
        (segments, slash, query) => Numbered($"/{string.Join('/', segments)}{(slash && segments.Length > 0 ? "/" : "")}{query}"));

    private static readonly Gen<(string Template, string[] Values, string Query)> Cases =
        Gen.Select(Template, Nasty.Array[12], Nasty.Select(text => text.Length > 0 ? $"?{text}" : ""));

    [Fact]
    public void The_path_stays_below_the_text_before_the_first_placeholder() => Cases.Sample(given =>
    {
        var path = Build(given).Path;

        // A lone dot before a value ('/.{x}') is no text to stay below: with the value '.' it would be a dot segment.
        var start = given.Template.Split('{', '?')[0];
        var prefix = RequestPath.Parse(start.EndsWith("/.", StringComparison.Ordinal) ? start[..^1] : start).Text;
        Assert.StartsWith(prefix, path + "/", StringComparison.Ordinal);
    }, iter: Times);

    [Fact]
    public void The_target_is_valid_and_no_library_reads_it_otherwise() => Cases.Sample(given =>
    {
        var target = Build(given);

        Assert.Matches(OriginForm(), target.ToString());
        var uri = new Uri($"http://service{target}");
        Assert.Equal(target.Path, uri.AbsolutePath);
        Assert.Equal(target.Path, RequestPath.Parse(target.ToString()).Text);
    }, iter: Times);

    [Fact]
    public void A_set_value_adds_no_segment_and_no_parameter() => Cases.Sample(given =>
    {
        var values = new RouteValues();
        foreach (var name in Names) values.Set(name, given.Values[Array.IndexOf(Names, name)]);
        var template = Sample.Downstream(given.Template, Names);

        var target = template.Build(values, "/a/", "");

        var shape = given.Template.Split('?');
        Assert.Equal(shape[0].Count(c => c == '/'), target.Path.Count(c => c == '/'));
        Assert.Equal(shape.Length < 2 ? 0 : shape[1].Count(c => c == '&'), target.Query.Count(c => c == '&'));
    }, iter: Times);

    [Fact]
    public void Parameters_that_nobody_names_keep_their_bytes() =>
        Gen.Select(Template, Gen.OneOf("a=1", "a=2", "A=%2c", "flag", "=", "x=+", "x[]='", "", "y=a=b", "%c3%a9=%7E").Array[1, 5]).Sample(
            (text, parameters) =>
            {
                var query = string.Join('&', parameters);
                var built = Build((text, [.. Names], "?" + query)).Query;

                if (query.Length == 0) return;
                if (!text.Contains('?', StringComparison.Ordinal)) Assert.Equal("?" + query, built);
                else Assert.EndsWith(query, built, StringComparison.Ordinal);
            },
            iter: Times);

    [Fact]
    public void A_template_sent_to_itself_changes_nothing() => Gen.Select(Generate.Route, Generate.Request).Sample(
        (route, request) =>
        {
            var rule = Generate.Rule(route) with { Host = null, Methods = MethodSet.Any, Headers = [] };
            var read = Generate.Read(request);
            var match = Sample.Table(rule).Match(read);
            if (!match.Found || route.Template.Contains('?', StringComparison.Ordinal)) return;

            var target = Sample.Downstream(route.Template, rule.PlaceholderNames).Build(match.ReadValues(), read.Path.Text, "");

            // Literal text may have other case, and a slash at the end is the template's where the client left it open.
            Assert.Equal(read.Path.Text.TrimEnd('/'), target.Path.TrimEnd('/'), ignoreCase: true);
        },
        iter: Times);

    private static readonly string[] Names = [.. Enumerable.Range(0, 12).Select(i => $"p{i}")];

    /// <summary>Builds with values of all origins: from the path, from the query, and set.</summary>
    private static DownstreamTarget Build((string Template, string[] Values, string Query) given)
    {
        var upstream = Sample.Rule("/{p0}/{p1}-{p2}/x?k={p3}&{p4}=1&l={p5}");
        var path = $"/{Segment(given.Values[0])}/{Segment(given.Values[1])}-{Segment(given.Values[2])}/x";
        var query = $"?k={given.Values[3]}&{given.Values[4]}=1&l={given.Values[5]}";
        var request = Sample.Request(path) with { Query = query };
        var match = Sample.Table(upstream).Match(request);
        var values = match.Found ? match.ReadValues() : new RouteValues();
        foreach (var name in Names) values.SetIfAbsent(name, given.Values[Array.IndexOf(Names, name)]);
        return Sample.Downstream(given.Template, Names).Build(values, request.Path.Text, given.Query);
    }

    private static string Segment(string text) => "a" + string.Concat(text.Where(c => c is not ('/' or '?')));

    private static string Numbered(string template)
    {
        var number = 0;
        return string.Concat(template.Split("{}").SelectMany((text, index) => index == 0 ? [text] : new[] { $"{{p{number++}}}", text }));
    }

    [GeneratedRegex(@"\A(/([A-Za-z0-9\-._~!$&'()*+,;=:@]|%[0-9A-F]{2})*)+(\?([A-Za-z0-9\-._~!$&'()*+,;=:@/?\[\]]|%[0-9A-Fa-f]{2})*)?\z")]
    private static partial Regex OriginForm();
}
