using System.Net;
using Gateway.Configuration;

namespace Gateway.Forwarding;

/// <summary>How one route sends requests on, ready for use.</summary>
/// <param name="Scheme"><c>http</c> or <c>https</c>; null: the instance's, else the request's.</param>
/// <param name="Method">The verb to send; null: the client's.</param>
/// <param name="Timeout">Until the head of the answer.</param>
internal sealed record ForwardingOptions(string? Scheme, string? Method, Version Version, HttpVersionPolicy VersionPolicy, TimeSpan Timeout)
{
    private static readonly TimeSpan DefaultTimeout = TimeSpan.FromSeconds(90);
    private static readonly string[] Schemes = ["http", "https", "ws", "wss"];

    public static ForwardingOptions Compile(RouteSection section) => new(
        CompileScheme(section),
        CompileMethod(section),
        CompileVersion(section),
        section.Read(ForwardingKeys.DownstreamHttpVersionPolicy) ?? HttpVersionPolicy.RequestVersionOrLower,
        CompileTimeout(section));

    private static string? CompileScheme(RouteSection section)
    {
        if (section.Read(ForwardingKeys.DownstreamScheme) is not { } scheme) return null;
        if (!Schemes.Contains(scheme, StringComparer.OrdinalIgnoreCase))
        {
            var nearest = Spelling.Nearest(scheme, Schemes);
            section.Error("DownstreamScheme", $"\"{scheme}\" is no scheme the gateway speaks",
                nearest is null ? "Write http, https, ws or wss" : $"Did you mean \"{nearest}\"?");
            return null;
        }
        // A WebSocket begins as an HTTP request; one route serves both (contract 00, WebSocket).
        return scheme.ToUpperInvariant() switch { "WS" => "http", "WSS" => "https", _ => scheme.ToLowerInvariant() };
    }

    private static string? CompileMethod(RouteSection section)
    {
        if (section.ReadOwn(ForwardingKeys.DownstreamHttpMethod) is not { } method) return null;
        if (method.Trim() is var verb && verb.Length > 0 && verb.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_')) return Spelled(verb);
        section.Error("DownstreamHttpMethod", $"\"{method}\" is no HTTP method", "Write a single verb such as POST");
        return null;
    }

    // A well-known verb is sent in capitals whatever its spelling (contract 02 §6).
    private static string Spelled(string verb) => HttpMethods.GetCanonicalizedValue(verb) is var known && known != verb ? known : verb;

    private static Version CompileVersion(RouteSection section)
    {
        switch (section.Read(ForwardingKeys.DownstreamHttpVersion))
        {
            case null or "1.1": return HttpVersion.Version11;
            case "1.0": return HttpVersion.Version10;
            case "2.0": return HttpVersion.Version20;
            case "3.0": return HttpVersion.Version30;
            case "2" or "2,0" or "1" or "1,1" or "3":
                // Such a file works on Ocelot and opens nothing here, so it is served, and told (contract 02 §6).
                section.Warning("DownstreamHttpVersion", "Ocelot reads this spelling as 1.1, and so do we", "Write \"1.1\", \"2.0\" or \"3.0\"");
                break;
            case var other:
                section.Error("DownstreamHttpVersion", $"\"{other}\" is no HTTP version", "Write \"1.0\", \"1.1\", \"2.0\" or \"3.0\"");
                break;
        }
        return HttpVersion.Version11;
    }

    private static TimeSpan CompileTimeout(RouteSection section)
    {
        var own = section.ReadOwn(ForwardingKeys.Timeout);
        var global = section.Global.ReadOwn(ForwardingKeys.Timeout);
        if (own <= 0) section.Error("Timeout", $"must be a positive number of seconds, was {own}", "Leave it out for the default of 90");
        if (global <= 0) section.Global.Error("Timeout", $"must be a positive number of seconds, was {global}", "Leave it out for the default of 90");
        return (own ?? global) is { } seconds && seconds > 0 ? TimeSpan.FromSeconds(seconds) : DefaultTimeout;
    }
}
