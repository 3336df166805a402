using System.Buffers;
using System.Globalization;
using Gateway.Configuration;

namespace Gateway.Features.Cors;

/// <summary>A CORS section, ready for use.</summary>
/// <param name="Origins">Whose pages may read.</param>
/// <param name="Methods">The value of <c>Access-Control-Allow-Methods</c>; null: the method asked for.</param>
/// <param name="Headers">The value of <c>Access-Control-Allow-Headers</c>; null: the headers asked for.</param>
/// <param name="ExposeHeaders">The value of <c>Access-Control-Expose-Headers</c>; null: none.</param>
/// <param name="MaxAge">The value of <c>Access-Control-Max-Age</c>; null: none.</param>
internal sealed record CorsPolicy(OriginSet Origins, string? Methods, string? Headers, string? ExposeHeaders, bool AllowsCredentials, string? MaxAge)
{
    private const string Any = "*";

    private static readonly SearchValues<char> Token =
        SearchValues.Create("!#$%&'*+-.^_`|~0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz");

    /// <returns>Null after a problem.</returns>
    public static CorsPolicy? Compile(RouteSection section, CorsOptions options)
    {
        if (options.Origins is not { Count: > 0 } written)
        {
            section.Error("Cors.Origins", "no origin is named, so no page could ever read an answer", "Write the origins of the pages", ProblemCodes.Missing);
            return null;
        }

        var faultless = OriginSet.TryCompile(section, written, out var origins);
        var credentials = options.Credentials == true;
        if (credentials && origins.IsAny)
            faultless = Refuse("Cors.Credentials", "pages of all origins could act in the name of whoever is logged in", "Name the origins, or remove Credentials");
        if (credentials && options.ExposeHeaders?.Contains(Any) == true)
            faultless = Refuse("Cors.ExposeHeaders", "with Credentials, browsers take \"*\" for a header's name", "Name the headers");
        if (options.MaxAge < 0)
            faultless = Refuse("Cors.MaxAge", $"must be zero or more seconds, was {options.MaxAge}", "Write 0 to have every request asked about");
        foreach (var (path, names) in new[] { ("Cors.Methods", options.Methods), ("Cors.Headers", options.Headers), ("Cors.ExposeHeaders", options.ExposeHeaders) })
            foreach (var name in (names ?? []).Where(name => !IsToken(name)))
                faultless = Refuse(section.PathOf(path, name), $"\"{name}\" is no name", "Write each name as an entry of its own");

        if (!faultless) return null;
        return new CorsPolicy(
            origins, List(options.Methods), List(options.Headers), options.ExposeHeaders is null ? null : string.Join(", ", options.ExposeHeaders),
            credentials, options.MaxAge?.ToString(CultureInfo.InvariantCulture));

        bool Refuse(string path, string message, string fix)
        {
            section.Error(path, message, fix);
            return false;
        }
    }

    /// <summary>Whether the text is a name as HTTP has them (RFC 9110 §5.6.2).</summary>
    public static bool IsToken(ReadOnlySpan<char> text) => text.Length > 0 && !text.ContainsAnyExcept(Token);

    private static string? List(IReadOnlyList<string>? names) => names is null || names.Contains(Any) ? null : string.Join(", ", names);
}
