using System.Diagnostics;
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

    /// <summary>Whether the gateway may be told to set or remove a field here; what frames a message or names a body takes the other lane.</summary>
    public static bool MayBeSet(string name) => FieldRules.Of(name) switch
    {
        FieldRule.OfConnection or FieldRule.OfBody or FieldRule.OfAnswer => false,
        FieldRule.Ours => !name.Equals("Content-Length", StringComparison.OrdinalIgnoreCase),
        _ => !name.Equals("Expect", StringComparison.OrdinalIgnoreCase) && !name.Equals("Trailer", StringComparison.OrdinalIgnoreCase) && IsToken(name),
    };

    /// <param name="length">The length of the body; null with a body in chunks; <see cref="RequestBody.None"/> without one.</param>
    /// <exception cref="FormatException">What a feature made of the target can't stand in a request line.</exception>
    public static void Write(OutputBuffer output, Exchange exchange, UpstreamEndpoint endpoint, long? length)
    {
        var changes = exchange.RequestHeaders;
        output.Clear();
        WriteRequestLine(output, exchange.Method, exchange.Target);
        if (!IsChanged(changes, Host, out var host) || host is null) output.Append(endpoint.HostField);

        var activity = Activity.Current;
        WriteFields(output, exchange.Http.Request.Headers, changes, activity is null ? [] : endpoint.Pool.TraceFields, hasBody: length is not RequestBody.None);
        WriteForwarded(output, exchange.Http, changes);
        for (var i = 0; i < changes.Count; i++)
            if (changes[i].Value is { } value && !IsChangedAgain(changes, i) && Octets.IsValue(value)) output.AppendField(changes[i].Name, value);
        if (activity is not null) DistributedContextPropagator.Current.Inject(activity, output, static (carrier, name, value) => Inject(carrier, name, value));
        WriteFraming(output, exchange.Method, length);
    }

    private static void Inject(object? carrier, string name, string value)
    {
        if (IsToken(name) && Octets.IsValue(value)) ((OutputBuffer)carrier!).AppendField(name, value);
    }

    private static void WriteRequestLine(OutputBuffer output, string method, string target)
    {
        if (!target.StartsWith('/') || target.AsSpan().ContainsAnyExceptInRange('!', '~'))
            throw new FormatException("The target of the request holds what no URL may.");
        output.Append(HttpMethods.GetCanonicalizedValue(method)); // a well-known verb in capitals, whatever its spelling (contract 02 §6)
        output.Append(" "u8);
        output.Append(target);
        output.Append(" HTTP/1.1\r\n"u8);
    }

    private static void WriteFields(
        OutputBuffer output, IHeaderDictionary headers, IReadOnlyList<(string Name, string? Value)> changes, string[] traceFields, bool hasBody)
    {
        var connection = headers.Connection;
        foreach (var (name, values) in headers)
        {
            if (!GoesOn(name, hasBody)) continue;
            if (connection.Count > 0 && IsNamed(connection, name)) continue;
            if (changes.Count > 0 && IsChanged(changes, name, out _)) continue;
            if (traceFields.Length > 0 && traceFields.AsSpan().Contains(name, StringComparer.OrdinalIgnoreCase)) continue;
            if (values.Count == 1) WriteOne(output, name, values[0] ?? "");
            else if (values.Count > 1) WriteJoined(output, name, values);
        }
    }

    private static bool GoesOn(string name, bool hasBody) => FieldRules.Of(name) switch
    {
        FieldRule.Passes => name.Length > 0 && name[0] != ':',
        FieldRule.OfBody => hasBody,
        _ => false,
    };

    // The server has refused what could end a field; nothing but this may hang on that.
    private static void WriteOne(OutputBuffer output, string name, string value)
    {
        if (Octets.IsLine(value)) output.AppendField(name, value);
    }

    // The lines of a field may stand in one (RFC 9110 §5.3); those of Cookie meet in its own way (RFC 9113 §8.2.3).
    private static void WriteJoined(OutputBuffer output, string name, StringValues values)
    {
        var separator = name.Equals("Cookie", StringComparison.OrdinalIgnoreCase) ? "; "u8
            : name.Equals("User-Agent", StringComparison.OrdinalIgnoreCase) ? " "u8 : ", "u8;
        foreach (var value in values)
            if (!Octets.IsLine(value)) return;
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
            var claimed = IsNamed(request.Headers.Connection, ForwardedFor) ? StringValues.Empty : request.Headers[ForwardedFor];
            var peer = http.Connection.RemoteIpAddress;
            if (peer is not null || claimed.Count > 0)
            {
                output.Append("X-Forwarded-For: "u8);
                for (var i = 0; i < claimed.Count; i++)
                {
                    if (i > 0) output.Append(", "u8);
                    if (Octets.IsLine(claimed[i])) output.Append(claimed[i]);
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

    private static bool IsToken(string name) => name.Length > 0 && !name.AsSpan().ContainsAnyExcept(Octets.TokenText);

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
