using Gateway.Configuration;

namespace Gateway.Commands.Lints;

/// <summary>Finds placeholders of the upstream template whose value goes nowhere: a part of the client's path that the service never sees.</summary>
internal sealed class UnusedPlaceholders : ILint
{
    public void Look(LintedDocument document)
    {
        foreach (var route in document.Routes)
        {
            if (route.Text("UpstreamPathTemplate") is not { } template) continue;
            if (document.Reported.Contains($"{route.Section.Path}.UpstreamPathTemplate") || document.Reported.Contains($"{route.Section.Path}.DownstreamPathTemplate")) continue;
            var names = NamesIn(template);
            if (names.Count > 0) Strike(route.Node, names);
            foreach (var name in names)
                route.Section.Warning("UpstreamPathTemplate", $"nothing uses what the placeholder '{{{name}}}' stands for; the service never sees it",
                    $"Write '{{{name}}}' into the DownstreamPathTemplate", LintCodes.UnusedPlaceholder);
        }
    }

    /// <summary>What stands between braces, each once; broken ones are an error that the compiler reports.</summary>
    private static List<string> NamesIn(string template)
    {
        var names = new List<string>();
        for (var open = template.IndexOf('{', StringComparison.Ordinal); open >= 0; open = template.IndexOf('{', open + 1))
        {
            var end = template.AsSpan(open + 1).IndexOfAny('{', '}');
            if (end <= 0 || template[open + 1 + end] == '{') continue;
            var name = template.Substring(open + 1, end);
            if (!names.Contains(name)) names.Add(name);
        }
        return names;
    }

    /// <summary>Takes off the list every name that some text of the route uses.</summary>
    private static void Strike(ObjectNode node, List<string> names)
    {
        foreach (var member in node.Members)
            if (names.Count > 0 && !string.Equals(member.Name, "UpstreamPathTemplate", StringComparison.OrdinalIgnoreCase)) StrikeFrom(member.Value, names);
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
            case ScalarNode { Scalar: ScalarKind.String } text when text.Text.Contains('{', StringComparison.Ordinal):
                names.RemoveAll(name => text.Text.Contains($"{{{name}}}", StringComparison.Ordinal));
                break;
        }
    }
}
