using System.Diagnostics;
using System.Text;
using Gateway.Pipeline;
using Microsoft.Extensions.Primitives;

namespace Gateway.Forwarding.FastLane;

/// <summary>
/// Writes the head of a downstream request, from parsed parts alone: no octet of the client's own head is copied. Does to it what
/// <see cref="RouteTransformer"/> and the engine do in the other lane.
/// </summary>
internal static class RequestHead
{
    private const string Host = "Host";
    private const string ForwardedFor = "X-Forwarded-For";
    private const string ForwardedProto = "X-Forwarded-Proto";
    private const string ForwardedHost = "X-Forwarded-Host";
    private const string ForwardedPrefix = "X-Forwarded-Prefix";

    /// <param name="length">The length of the body; null with a body in chunks; <see cref="RequestBody.None"/> without one.</param>
    /// <exception cref="FormatException">What a feature made of the target can't stand in a request line.</exception>
    public static void Write(OutputBuffer output, Exchange exchange, UpstreamEndpoint endpoint, long? length)
    {
        var changes = exchange.RequestHeaders;
        output.Clear();
        WriteRequestLine(output, exchange.Method, exchange.Target);
        if (!IsChanged(changes, Host, out var host) || host is null) output.Append(endpoint.HostField);

        var activity = Activity.Current;
        WriteFields(output, exchange.Http.Request.Headers, changes, activity is null ? [] : DistributedContextPropagator.Current.Fields);
        WriteForwarded(output, exchange.Http, changes);
        for (var i = 0; i < changes.Count; i++)
            if (changes[i].Value is { } value && !IsChangedAgain(changes, i) && MayBeSet(changes[i].Name) && Octets.IsValue(value))
                output.AppendField(changes[i].Name, value);
        if (activity is not null) DistributedContextPropagator.Current.Inject(activity, output, static (carrier, name, value) => ((OutputBuffer)carrier!).AppendField(name, value));
        WriteFraming(output, exchange.Method, length);
    }

    private static void WriteRequestLine(OutputBuffer output, string method, string target)
    {
        if (target.AsSpan().ContainsAnyExceptInRange('!', '~')) throw new FormatException("The target of the request holds what no URL may.");
        output.Append(method);
        output.Append(" "u8);
        output.Append(target);
        output.Append(" HTTP/1.1\r\n"u8);
    }

    private static void WriteFields(
        OutputBuffer output, IHeaderDictionary headers, IReadOnlyList<(string Name, string? Value)> changes, IReadOnlyCollection<string> traceFields)
    {
        var connection = headers.Connection;
        foreach (var (name, values) in headers)
        {
            if (IsOurs(name) || ConnectionFields.Contains(name)) continue;
            if (connection.Count > 0 && IsNamed(connection, name)) continue;
            if (changes.Count > 0 && IsChanged(changes, name, out _)) continue;
            if (traceFields.Count > 0 && traceFields.Contains(name, StringComparer.OrdinalIgnoreCase)) continue;
            if (values.Count == 1) output.AppendField(name, values[0] ?? "");
            else if (values.Count > 1) WriteJoined(output, name, values);
        }
    }

    // The lines of a field may stand in one (RFC 9110 §5.3); those of Cookie meet in its own way (RFC 9113 §8.2.3).
    private static void WriteJoined(OutputBuffer output, string name, StringValues values)
    {
        var separator = name.Equals("Cookie", StringComparison.OrdinalIgnoreCase) ? "; "u8
            : name.Equals("User-Agent", StringComparison.OrdinalIgnoreCase) ? " "u8 : ", "u8;
        output.Append(name);
        output.Append(": "u8);
        for (var i = 0; i < values.Count; i++)
        {
            if (i > 0) output.Append(separator);
            output.Append(values[i]);
        }
        output.Append("\r\n"u8);
    }

    private static void WriteForwarded(OutputBuffer output, HttpContext http, IReadOnlyList<(string Name, string? Value)> changes)
    {
        var request = http.Request;
        if (!IsChanged(changes, ForwardedFor, out _))
        {
            var claimed = request.Headers[ForwardedFor];
            var peer = http.Connection.RemoteIpAddress;
            if (peer is not null || claimed.Count > 0)
            {
                output.Append("X-Forwarded-For: "u8);
                for (var i = 0; i < claimed.Count; i++)
                {
                    if (i > 0) output.Append(", "u8);
                    output.Append(claimed[i]);
                }
                if (claimed.Count > 0 && peer is not null) output.Append(", "u8);
                if (peer is not null) output.Append(peer.IsIPv4MappedToIPv6 ? peer.MapToIPv4() : peer);
                output.Append("\r\n"u8);
            }
        }
        WriteSeen(output, changes, ForwardedProto, request.Scheme);
        WriteSeen(output, changes, ForwardedHost, request.Host.ToUriComponent());
        WriteSeen(output, changes, ForwardedPrefix, request.PathBase.HasValue ? request.PathBase.ToUriComponent() : "");
    }

    private static void WriteSeen(OutputBuffer output, IReadOnlyList<(string Name, string? Value)> changes, string name, string value)
    {
        if (value.Length > 0 && !IsChanged(changes, name, out _) && Octets.IsValue(value)) output.AppendField(name, value);
    }

    private static void WriteFraming(OutputBuffer output, string method, long? length)
    {
        if (length is null) output.Append("Transfer-Encoding: chunked\r\n"u8);
        else if (length >= 0 || ImpliesBody(method))
        {
            output.Append("Content-Length: "u8);
            output.Append(Math.Max(length.Value, 0));
            output.Append("\r\n"u8);
        }
        output.Append("\r\n"u8);
    }

    // Without a length such a request might be waited on for a body (RFC 9110 §8.6).
    private static bool ImpliesBody(string method) =>
        !(HttpMethods.IsGet(method) || HttpMethods.IsHead(method) || HttpMethods.IsOptions(method) || HttpMethods.IsDelete(method) || HttpMethods.IsTrace(method));

    /// <summary>Whether the gateway writes the field itself.</summary>
    private static bool IsOurs(string name) => name.Length switch
    {
        4 => name.Equals(Host, StringComparison.OrdinalIgnoreCase),
        14 => name.Equals("Content-Length", StringComparison.OrdinalIgnoreCase),
        15 => name.Equals(ForwardedFor, StringComparison.OrdinalIgnoreCase),
        16 => name.Equals(ForwardedHost, StringComparison.OrdinalIgnoreCase),
        17 => name.Equals(ForwardedProto, StringComparison.OrdinalIgnoreCase),
        18 => name.Equals(ForwardedPrefix, StringComparison.OrdinalIgnoreCase),
        0 => true,
        _ => false,
    } || name.StartsWith(':');

    private static bool MayBeSet(string name) =>
        Ascii.IsValid(name) && !ConnectionFields.Contains(name) && !name.Equals("Content-Length", StringComparison.OrdinalIgnoreCase)
        && name.Length > 0 && !name.AsSpan().ContainsAnyExceptInRange('!', '~') && !name.Contains(':', StringComparison.Ordinal);

    private static bool IsNamed(StringValues connection, string name)
    {
        foreach (var value in connection)
            foreach (var named in HopByHop.Named(value))
                if (name.Equals(named, StringComparison.OrdinalIgnoreCase)) return true;
        return false;
    }

    private static bool IsChanged(IReadOnlyList<(string Name, string? Value)> changes, string name, out string? value)
    {
        for (var i = changes.Count - 1; i >= 0; i--)
        {
            if (!changes[i].Name.Equals(name, StringComparison.OrdinalIgnoreCase)) continue;
            value = changes[i].Value;
            return true;
        }
        value = null;
        return false;
    }

    private static bool IsChangedAgain(IReadOnlyList<(string Name, string? Value)> changes, int index)
    {
        for (var i = index + 1; i < changes.Count; i++)
            if (changes[i].Name.Equals(changes[index].Name, StringComparison.OrdinalIgnoreCase)) return true;
        return false;
    }
}
