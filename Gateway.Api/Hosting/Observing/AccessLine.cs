using System.Globalization;
using System.Text;
using System.Text.Json;
using Gateway.Pipeline;

namespace Gateway.Hosting.Observing;

/// <summary>What the access log says of one request.</summary>
internal sealed class AccessLine(HttpContext http, Exchange? exchange, Refusal? refusal, int status, TimeSpan elapsed, DateTimeOffset at)
{
    private const string Nothing = "-";

    private string Path => http.Request.PathBase.ToUriComponent() + http.Request.Path.ToUriComponent();

    private string? Client => http.Connection.RemoteIpAddress is { } address ? (address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address).ToString() : null;

    public string ToJson()
    {
        using var buffer = new MemoryStream(512);
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteString("time", at);
            json.WriteString("requestId", http.TraceIdentifier);
            json.WriteString("client", Client);
            json.WriteString("method", http.Request.Method);
            json.WriteString("scheme", http.Request.Scheme);
            json.WriteString("host", http.Request.Host.Value);
            json.WriteString("path", Path);
            json.WriteString("protocol", http.Request.Protocol);
            json.WriteNumber("status", status);
            if (http.Response.ContentLength is { } length) json.WriteNumber("bytes", length);
            json.WriteNumber("durationMs", Math.Round(elapsed.TotalMilliseconds, 3));
            if (exchange is not null) json.WriteString("route", exchange.Route.Name);
            if (exchange?.Destination is { } destination) json.WriteString("destination", destination.Authority);
            if (refusal is not null) json.WriteString("refusal", refusal.Code);
            if (http.Request.Headers.UserAgent.ToString() is { Length: > 0 } agent) json.WriteString("userAgent", agent);
            if (Referer() is { } referer) json.WriteString("referer", referer);
            json.WriteEndObject();
        }
        return Encoding.UTF8.GetString(buffer.GetBuffer(), 0, (int)buffer.Length);
    }

    public string ToCombined() => string.Create(CultureInfo.InvariantCulture,
        $"{Client ?? Nothing} - - [{at.UtcDateTime:dd/MMM/yyyy:HH:mm:ss} +0000] \"{http.Request.Method} {Quotable(Path)} {http.Request.Protocol}\" {status} "
        + $"{http.Response.ContentLength?.ToString(CultureInfo.InvariantCulture) ?? Nothing} \"{Quotable(Referer())}\" \"{Quotable(http.Request.Headers.UserAgent)}\" "
        + $"{http.TraceIdentifier} \"{Quotable(exchange?.Route.Name)}\" {elapsed.TotalMilliseconds:0.###}ms");

    /// <summary>The page that led here, without its query, user and fragment.</summary>
    private string? Referer() => Uri.TryCreate(http.Request.Headers.Referer, UriKind.Absolute, out var page)
        ? page.GetComponents(UriComponents.SchemeAndServer | UriComponents.Path, UriFormat.UriEscaped)
        : null;

    // What would end the field or the line is a client's attempt to write lines of its own.
    private static string Quotable(string? text)
    {
        if (string.IsNullOrEmpty(text)) return Nothing;
        if (!text.AsSpan().ContainsAny('"', '\\') && !text.Any(char.IsControl)) return text;
        var safe = new StringBuilder(text.Length + 8);
        foreach (var c in text)
        {
            if (c is '"' or '\\') safe.Append('\\').Append(c);
            else if (char.IsControl(c)) safe.Append(CultureInfo.InvariantCulture, $"\\x{(int)c:x2}");
            else safe.Append(c);
        }
        return safe.ToString();
    }
}
