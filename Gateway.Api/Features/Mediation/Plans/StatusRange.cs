using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace Gateway.Features.Mediation.Plans;

/// <summary>One status, or a class of them: <c>200</c>, <c>2xx</c>.</summary>
internal readonly record struct StatusRange(int First, int Last)
{
    public static bool TryParse(string text, [NotNullWhen(true)] out StatusRange? range)
    {
        range = null;
        if (text.Length == 3 && text[0] is >= '1' and <= '5' && text.EndsWith("xx", StringComparison.OrdinalIgnoreCase))
            range = new StatusRange((text[0] - '0') * 100, ((text[0] - '0') * 100) + 99);
        else if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var status) && status is >= 100 and <= 599)
            range = new StatusRange(status, status);
        return range is not null;
    }
}
