using System.Text.RegularExpressions;
using Gateway.Configuration;

namespace Gateway.Commands.Lints;

/// <summary>Finds placeholders of the upstream template whose value goes nowhere: a part of the client's path that the service never sees.</summary>
internal sealed partial class UnusedPlaceholders : ILint
{
    public void Look(LintedDocument document)
    {
        foreach (var route in document.Routes)
        {
            if (route.Text("UpstreamPathTemplate") is not { } template) continue;
            var names = Placeholder.Matches(template).Select(m => m.Groups[1].Value).Distinct(StringComparer.Ordinal).ToList();
            if (names.Count > 0) Strike(route.Node, names);
            foreach (var name in names)
                route.Section.Warning("UpstreamPathTemplate", $"nothing uses what the placeholder '{{{name}}}' stands for; the service never sees it",
                    $"Write '{{{name}}}' into the DownstreamPathTemplate", LintCodes.UnusedPlaceholder);
        }
    }

    /// <summary>Takes off the list every name that some text of the route uses.</summary>
    private static void Strike(ObjectNode node, List<string> names)
    {
        foreach (var member in node.Members)
            if (!string.Equals(member.Name, "UpstreamPathTemplate", StringComparison.OrdinalIgnoreCase)) StrikeFrom(member.Value, names);
    }

    private static void StrikeFrom(DocumentNode node, List<string> names)
    {
        switch (node)
        {
            case ObjectNode map:
                Strike(map, names);
                break;
            case ArrayNode array:
                foreach (var item in array.Items) StrikeFrom(item, names);
                break;
            case ScalarNode { Scalar: ScalarKind.String } text:
                names.RemoveAll(name => text.Text.Contains($"{{{name}}}", StringComparison.Ordinal));
                break;
        }
    }

    [GeneratedRegex(@"\{([^{}]+)\}")]
    private static partial Regex Placeholder { get; }
}
