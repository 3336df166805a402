using System.Globalization;

namespace Gateway.Features.RateLimiting;

/// <summary>The text of a refusal, made of <c>QuotaMessage</c> once, when the route is compiled.</summary>
internal static class QuotaText
{
    /// <summary>What Ocelot says where the file says nothing.</summary>
    public const string Default = "API calls quota exceeded! Maximum admitted {0} per {1}.";

    /// <summary>
    /// Fills in the limit and the period. Ocelot treats the text as a composite format, so <c>{{</c> is a brace; a text that isn't one, such as
    /// plain JSON, keeps its braces (contract 06 §1.6).
    /// </summary>
    public static string Make(string message, long limit, string period)
    {
        try
        {
            return string.Format(CultureInfo.InvariantCulture, message, limit, period);
        }
        catch (FormatException)
        {
            return message
                .Replace("{0}", limit.ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal)
                .Replace("{1}", period, StringComparison.Ordinal);
        }
    }
}
