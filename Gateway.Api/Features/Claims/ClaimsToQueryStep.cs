using System.Text;
using Gateway.Pipeline;

namespace Gateway.Features.Claims;

/// <summary>
/// Sets query parameters of the downstream request, in place of the client's of that name in any case and encoding. What else is in the
/// query keeps its bytes.
/// </summary>
internal sealed class ClaimsToQueryStep(IReadOnlyList<ClaimMapping> mappings) : IRouteStep
{
    public Task InvokeAsync(Exchange exchange, RouteDelegate next)
    {
        for (var i = 0; i < mappings.Count; i++)
        {
            if (mappings[i].Value.Evaluate(exchange.Http.User) is not { } value) return exchange.RefuseAsync(ClaimRefusals.Missing);
            exchange.Query = With(exchange.Query, mappings[i].Name, value);
        }
        return next(exchange);
    }

    /// <summary>The query with the parameter where the client's first of that name stood, else at the end.</summary>
    public static string With(string query, string name, string value)
    {
        var parameter = $"{Uri.EscapeDataString(name)}={Uri.EscapeDataString(value)}";
        var result = new StringBuilder(query.Length + parameter.Length + 2);
        var isSet = false;
        var text = query.AsSpan().TrimStart('?');
        foreach (var range in text.IsEmpty ? default : text.Split('&'))
        {
            if (!IsNamed(text[range], name)) Append(text[range]);
            else if (!isSet) AppendOwn();
        }
        if (!isSet) AppendOwn();
        return result.ToString();

        void AppendOwn()
        {
            Append(parameter);
            isSet = true;
        }

        void Append(ReadOnlySpan<char> part) => result.Append(result.Length == 0 ? '?' : '&').Append(part);
    }

    private static bool IsNamed(ReadOnlySpan<char> parameter, string name)
    {
        var end = parameter.IndexOf('=');
        var written = (end < 0 ? parameter : parameter[..end]).ToString();
        return string.Equals(Uri.UnescapeDataString(written.Replace('+', ' ')), name, StringComparison.OrdinalIgnoreCase);
    }
}
