using Microsoft.Extensions.Primitives;

namespace Gateway.Features.LoadBalancing;

/// <summary>
/// Finds a cookie's value as its bytes stand in the header (RFC 6265 §4): what the service set is what the client sends back, whatever its
/// encoding, so nothing is decoded.
/// </summary>
internal static class Cookies
{
    /// <returns>The value, or empty where the request doesn't carry the cookie.</returns>
    public static ReadOnlySpan<char> InRequest(StringValues cookie, string name)
    {
        for (var i = 0; i < cookie.Count; i++)
        {
            foreach (var pair in cookie[i].AsSpan().Split(';'))
            {
                var value = ValueOf(cookie[i].AsSpan()[pair], name);
                if (!value.IsEmpty) return value;
            }
        }
        return default;
    }

    /// <returns>The value, or empty where the answer doesn't set the cookie, or removes it.</returns>
    public static ReadOnlySpan<char> InAnswer(StringValues setCookie, string name)
    {
        for (var i = 0; i < setCookie.Count; i++)
        {
            var line = setCookie[i].AsSpan();
            var end = line.IndexOf(';');
            var value = ValueOf(end < 0 ? line : line[..end], name);
            if (!value.IsEmpty) return value;
        }
        return default;
    }

    private static ReadOnlySpan<char> ValueOf(ReadOnlySpan<char> pair, string name)
    {
        var equals = pair.IndexOf('=');
        return equals > 0 && pair[..equals].Trim().SequenceEqual(name) ? pair[(equals + 1)..].Trim() : default;
    }
}
