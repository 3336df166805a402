using System.Collections.Immutable;

namespace Gateway.Routing;

/// <summary>
/// Looks for rules that are never reached. A rule is hidden by a better one that fits every request it fits. To know that, the hidden
/// rule's template is filled with a character that no template can name (<see cref="Witnesses"/>): where another template fits all of
/// these, its placeholders took that character, and would take any text in its place. The trees find the few rules to compare with, so
/// the cost grows with the number of rules and not with its square.
/// </summary>
internal sealed class ShadowSearch(HostTrees trees, ImmutableArray<RankedRoute> routes)
{
    // Rules that fit one witness but not all of them are rare; a table made of them is not worth more time.
    private const int MostCandidates = 16;

    /// <summary>The rank of a rule that hides this one; null where there is none.</summary>
    public RankedRoute? FindHider(RankedRoute hidden)
    {
        var witnesses = new Witnesses(hidden.Rule.Template, Witnesses.Fresh);
        var worseThan = -1;
        for (var tried = 0; tried < MostCandidates; tried++)
        {
            var rank = Find(witnesses.All[0], new CoverTest(hidden, witnesses.All[0].Query, worseThan));
            if (rank == hidden.Rank) return null;
            if (witnesses.AllFit(routes[rank].Rule.Template)) return routes[rank];
            worseThan = rank;
        }
        return null;

        int Find(Witness witness, CoverTest test) => trees.Find(HostOf(hidden.Rule), witness.Path, test);
    }

    /// <summary>A request that the hidden rule fits and, where there is one, that no third rule takes.</summary>
    public ExampleRequest Example(RankedRoute hidden, RankedRoute hider)
    {
        var rule = hidden.Rule;
        var witnesses = new Witnesses(rule.Template, Witnesses.Readable).All;
        var shown = witnesses.FirstOrDefault(ShowsHider, witnesses[0]);
        return new ExampleRequest(
            rule.Methods.Names.FirstOrDefault("GET"),
            HostOf(rule).Replace("*.", "any.", StringComparison.Ordinal),
            shown.Query.Length > 0 ? $"{shown.Path}?{shown.Query}" : shown.Path,
            [.. rule.Headers.Select(header => header.ToString())]);

        bool ShowsHider(Witness witness) => trees.Find(HostOf(rule), witness.Path, new CoverTest(hidden, witness.Query, -1)) == hider.Rank;
    }

    /// <summary>A host that finds the trees of all hosts that cover the rule's, and no others: <c>*.a.com</c> finds <c>*.com</c>.</summary>
    private static string HostOf(RouteRule rule) => rule.Host?.ToString() ?? "";

    /// <summary>Accepts rules that take whatever the hidden one takes, as far as everything but the path can tell.</summary>
    private readonly struct CoverTest(RankedRoute hidden, string query, int worseThan) : IRouteTest
    {
        public bool Accepts(RankedRoute route)
        {
            if (route.Rank <= worseThan || route.Rank > hidden.Rank) return false;
            if (route.Rank == hidden.Rank) return true;

            var rule = route.Rule;
            if (!rule.Methods.Covers(hidden.Rule.Methods) || !rule.Template.MatchesQuery(query)) return false;
            foreach (var header in rule.Headers)
            {
                if (!hidden.Rule.Headers.Any(header.IsTwinOf)) return false;
            }
            return true;
        }
    }
}
