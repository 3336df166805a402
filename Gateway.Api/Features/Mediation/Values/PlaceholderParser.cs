using Gateway.Configuration;
using Gateway.Features.Mediation.Paths;
using Gateway.Features.Mediation.Plans;

namespace Gateway.Features.Mediation.Values;

/// <summary>Reads what stands between the braces of a placeholder.</summary>
internal static class PlaceholderParser
{
    private static readonly string[] Known =
    [
        "claim:NAME", "header:NAME", "query:NAME", "route:NAME", "env:NAME",
        "status", "method", "path", "requestId", "now", "uuid", "remoteIp", "baseUrl",
    ];

    /// <returns>The placeholder, or null after a problem.</returns>
    public static Placeholder? Parse(string text, PlanScope scope, bool fields)
    {
        var colon = text.IndexOf(':', StringComparison.Ordinal);
        var name = colon < 0 ? text : text[..colon];
        var argument = colon < 0 ? "" : text[(colon + 1)..];
        if (Enum.TryParse<ContextValue>(name, ignoreCase: true, out var kind) && char.IsAsciiLetter(name[0]) && kind <= ContextValue.Env == colon >= 0)
        {
            if (colon >= 0 && argument.Length == 0)
            {
                scope.Invalid($"the placeholder {{{text}}} names nothing", $"Write {{{name}:NAME}}");
                return null;
            }
            if (kind == ContextValue.Status && scope.Side == MediationSide.Request)
            {
                scope.Invalid("a request has no {status}", "Use it on the Response side");
                return null;
            }
            scope.Reads.Note(kind, argument);
            return new ContextPlaceholder(kind, argument);
        }

        if (fields)
        {
            if (JsonPath.TryParse(text, out var path, out var error) && !path.IsMany) return new FieldPlaceholder(path);
            scope.Invalid($"{{{text}}} is neither a context value nor the path of one field{(error is null ? "" : ": " + error)}",
                $"Context values are {string.Join(", ", Known)}; write '{{{{' for a brace");
            return null;
        }
        var near = Spelling.Nearest(name, Known.Select(k => k.Split(':')[0]));
        scope.Invalid($"there is no placeholder {{{text}}}",
            $"{(near is null ? "" : $"Did you mean '{Known.First(k => k.Split(':')[0] == near)}'? ")}Allowed are {string.Join(", ", Known)}; write '{{{{' for a brace");
        return null;
    }
}
