using System.Text.RegularExpressions;

namespace Gateway.Configuration;

/// <summary>Finds the word that was probably meant.</summary>
internal static partial class Spelling
{
    private const int ShortestBeginning = 3;

    /// <summary>
    /// The candidate that <paramref name="word"/> most resembles, by its letters or as a shortened form (<c>AuthOptions</c>,
    /// <c>HttpMethod</c>); null when none is close enough to be worth naming.
    /// </summary>
    public static string? Nearest(string word, IEnumerable<string> candidates)
    {
        string? best = null;
        string? shortened = null;
        var bestDistance = int.MaxValue;
        var upper = word.ToUpperInvariant();
        var words = Words(word);
        foreach (var candidate in candidates)
        {
            var distance = Distance(upper, candidate.ToUpperInvariant());
            if (distance < bestDistance) (best, bestDistance) = (candidate, distance);
            if (shortened is null && IsShortFormOf(words, candidate)) shortened = candidate;
        }
        // A slip of a letter or two is likelier than a word left out, and that is likelier than many slips.
        if (bestDistance <= Math.Min(2, Math.Max(1, word.Length / 3))) return best;
        return shortened ?? (bestDistance <= word.Length / 3 ? best : candidates.FirstOrDefault(c => IsBeginningOf(c, word)));
    }

    private static bool IsBeginningOf(string candidate, string word) =>
        Math.Min(candidate.Length, word.Length) >= ShortestBeginning
        && (candidate.StartsWith(word, StringComparison.OrdinalIgnoreCase) || word.StartsWith(candidate, StringComparison.OrdinalIgnoreCase));

    [GeneratedRegex("(?<=[a-z])(?=[A-Z])")]
    private static partial Regex BetweenWords { get; }

    private static string[] Words(string name) => BetweenWords.Split(name);

    /// <summary>Whether every word begins a word of the candidate, in the same order.</summary>
    private static bool IsShortFormOf(string[] words, string candidate)
    {
        if (words.Sum(w => w.Length) < 4) return false;
        var at = 0;
        foreach (var whole in Words(candidate))
            if (at < words.Length && words[at].Length > 1 && whole.StartsWith(words[at].TrimEnd('s'), StringComparison.OrdinalIgnoreCase)) at++;
        return at == words.Length;
    }

    /// <summary>Insertions, deletions, replacements and swaps of neighbours that turn one word into the other.</summary>
    private static int Distance(string a, string b)
    {
        var rows = new int[a.Length + 1, b.Length + 1];
        for (var i = 0; i <= a.Length; i++) rows[i, 0] = i;
        for (var j = 0; j <= b.Length; j++) rows[0, j] = j;
        for (var i = 1; i <= a.Length; i++)
        {
            for (var j = 1; j <= b.Length; j++)
            {
                var cost = a[i - 1] == b[j - 1] ? 0 : 1;
                rows[i, j] = Math.Min(Math.Min(rows[i - 1, j] + 1, rows[i, j - 1] + 1), rows[i - 1, j - 1] + cost);
                if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
                    rows[i, j] = Math.Min(rows[i, j], rows[i - 2, j - 2] + 1);
            }
        }
        return rows[a.Length, b.Length];
    }
}
