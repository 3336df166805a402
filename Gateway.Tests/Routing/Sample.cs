using Gateway.Routing;
using Microsoft.Extensions.Primitives;

namespace Gateway.Tests.Routing;

/// <summary>Rules and requests in the few words that a test needs; a fault fails the test.</summary>
internal static class Sample
{
    public static PathTemplate Template(string text, bool caseSensitive = false)
    {
        var faults = new List<TemplateFault>();
        Assert.True(PathTemplate.TryParse(text, caseSensitive, out var template, faults), string.Join("; ", faults));
        return template;
    }

    public static RouteRule Rule(
        string template, int priority = 1, string? host = null, string methods = "", bool caseSensitive = false, params string[] headers)
    {
        var faults = new List<TemplateFault>();
        Assert.True(HostPattern.TryParse(host, out var pattern, faults), string.Join("; ", faults));
        Assert.True(MethodSet.TryParse(methods.Length == 0 ? [] : methods.Split(','), out var set, faults), string.Join("; ", faults));
        return new RouteRule(Template(template, caseSensitive))
        {
            Host = pattern,
            Methods = set,
            Priority = priority,
            Headers = [.. headers.Select(line => Header(line, caseSensitive))],
        };
    }

    /// <summary>A header template written as <c>name: pattern</c>.</summary>
    public static HeaderTemplate Header(string line, bool caseSensitive = false)
    {
        var (name, pattern) = Split(line);
        var faults = new List<TemplateFault>();
        Assert.True(HeaderTemplate.TryParse(name, pattern, caseSensitive, out var template, faults), string.Join("; ", faults));
        return template;
    }

    /// <summary>A table whose routes are known by their templates.</summary>
    public static RouteTable<string> Table(params RouteRule[] rules) =>
        new(rules.Select(rule => new RouteDefinition<string>(rule, rule.Template.Text)));

    /// <param name="target">Path and query.</param>
    /// <param name="method">The verb.</param>
    /// <param name="host">The <c>Host</c> header.</param>
    /// <param name="headers">Lines written as <c>name: value</c>.</param>
    public static RouteRequest Request(string target, string method = "GET", string host = "", params string[] headers)
    {
        var dictionary = new HeaderDictionary();
        foreach (var line in headers)
        {
            var (name, value) = Split(line);
            dictionary[name] = StringValues.Concat(dictionary[name], value);
        }
        var query = target.IndexOf('?', StringComparison.Ordinal);
        return new RouteRequest(method, host, RequestPath.Parse(target), query < 0 ? "" : target[query..], dictionary);
    }

    /// <summary>The values of a request that fits the rule.</summary>
    public static RouteValues Values(RouteRule rule, RouteRequest request)
    {
        var match = Table(rule).Match(request);
        Assert.True(match.Found, $"{rule.Template} does not fit {request.Path}{request.Query}");
        return match.ReadValues();
    }

    /// <summary>Path and query that the service gets, or <c>404</c> where the template does not fit.</summary>
    public static string Send(string upstream, string downstream, string target, params string[] setValues)
    {
        var rule = Rule(upstream);
        var request = Request(target);
        var match = Table(rule).Match(request);
        if (!match.Found) return "404";

        var values = match.ReadValues();
        var names = rule.PlaceholderNames.ToHashSet();
        foreach (var line in setValues)
        {
            var (name, value) = Split(line);
            values.Set(name, value);
            names.Add(name);
        }
        return Downstream(downstream, names).Build(values, request.Path.Text, request.Query).ToString();
    }

    public static DownstreamTemplate Downstream(string text, params IEnumerable<string> names)
    {
        var faults = new List<TemplateFault>();
        Assert.True(DownstreamTemplate.TryParse(text, names.ToHashSet(), out var template, faults), string.Join("; ", faults));
        return template;
    }

    private static (string Name, string Value) Split(string line) =>
        line.Split(": ", 2) is [var name, var value] ? (name, value) : throw new ArgumentException($"'{line}' is no 'name: value'.");
}
