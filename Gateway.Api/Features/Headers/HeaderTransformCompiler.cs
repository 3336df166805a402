using Gateway.Configuration;

namespace Gateway.Features.Headers;

/// <summary>
/// Reads <c>UpstreamHeaderTransform</c> or <c>DownstreamHeaderTransform</c> of one route (contract 03 §4). A value is an expression: with a
/// comma <c>find, replace</c>, without one a value to add; or a list of expressions, or <c>{ "Set": value }</c>, as the gateway's extensions.
/// </summary>
internal sealed class HeaderTransformCompiler(
    RouteSection section,
    SectionKey<IReadOnlyDictionary<string, DocumentNode>?> key,
    Placeholders placeholders,
    string baseUrl,
    bool isResponse)
{
    private readonly List<Replacement> _replacements = [];
    private readonly List<Addition> _additions = [];

    public HeaderTransforms Compile()
    {
        if (section.Read(key) is not { } entries) return HeaderTransforms.None;
        // The order of the keys, as Ocelot goes through them; it matters where a value depends on another header.
        foreach (var (header, node) in entries.OrderBy(e => e.Key, StringComparer.OrdinalIgnoreCase)) ReadEntry(header, node);
        return new HeaderTransforms(_replacements, _additions);
    }

    private void ReadEntry(string header, DocumentNode node)
    {
        var place = PlaceOf(header, node);
        if (!HeaderRules.IsName(header))
            place.Error($"\"{header}\" is no header's name", "Write letters, digits and hyphens");
        else if (HeaderRules.IsFraming(header))
            place.Error($"{header} tells where a message ends, or belongs to one connection; it can't be set", "Remove this entry");
        else if (node is ScalarNode scalar)
            ReadExpression(header, scalar, place, isListed: false);
        else if (node is ArrayNode { Items: var items } && items.All(i => i is ScalarNode))
            foreach (var item in items.Cast<ScalarNode>()) ReadExpression(header, item, place, isListed: true);
        else if (node is ObjectNode { Members.Count: 1 } map && map.Find("Set")?.Value is ScalarNode { Scalar: not ScalarKind.Null } set)
            Add(header, set.Text, place, overwrites: true);
        else
            place.Error($"must be a text, a list of texts, or an object with 'Set', was {node.Kind}",
                "Write \"value\", \"find, replace\" or { \"Set\": \"value\" }", ProblemCodes.WrongType);
    }

    private void ReadExpression(string header, ScalarNode scalar, EntryPlace place, bool isListed)
    {
        if (scalar.Scalar == ScalarKind.Null) return;
        if (scalar.Text.Split(',') is { Length: > 1 } parts) Replace(header, parts, place, isListed);
        else Add(header, scalar.Text, place, overwrites: false);
    }

    private void Replace(string header, string[] parts, EntryPlace place, bool isListed)
    {
        var find = parts[0];
        if (parts.Length > 2)
            place.Warning("what follows the second comma is cut off, as in Ocelot: a text with a comma is 'find, replace'",
                "To send a value with commas write { \"Set\": \"…\" }");
        if (find.Length == 0)
        {
            place.Error("nothing is in front of the comma, so there is nothing to find",
                "Write \"find, replace\"; to send a value with commas write { \"Set\": \"…\" }");
            return;
        }
        if (ReplacementText(parts[1].TrimStart(), place) is not { } replace) return;
        if (!IsField(replace, place)) return;
        if (isResponse && !isListed) WarnOfHeadersOutOfSight(header, place);

        if (isResponse && find == Placeholders.DownstreamBaseUrl)
            _replacements.Add(new Replacement(header, null, WithSlash(replace), isListed));
        else if (isResponse && IsPlaceholder(find) && placeholders.FromConfiguration(find) is { } value)
            _replacements.Add(new Replacement(header, value, WithSlash(replace), isListed));
        else
        {
            var only = isResponse ? $"; only {Placeholders.DownstreamBaseUrl} stands for something here" : "";
            if (IsPlaceholder(find)) place.Warning($"'{find}' is searched for as it stands{only}");
            _replacements.Add(new Replacement(header, find, replace, isListed));
        }
    }

    /// <summary>The text with its first placeholder filled in, for as long as the configuration holds; null after a problem.</summary>
    private string? ReplacementText(string text, EntryPlace place)
    {
        var open = text.IndexOf('{', StringComparison.Ordinal);
        if (open < 0) return text;
        var close = text.IndexOf('}', open);
        if (close < 0)
        {
            place.Error("a brace is opened and not closed", "Write {BaseUrl}, or leave the brace out");
            return null;
        }
        var placeholder = text[open..(close + 1)];
        if (placeholders.AtLoad(placeholder, baseUrl) is { } value) return text.Replace(placeholder, value, StringComparison.Ordinal);
        place.Unresolved(
            $"nothing gives the placeholder '{placeholder}' a value here; a replacement is fixed when the configuration is loaded",
            Advice(placeholder, placeholders.NamesAtLoad));
        return null;
    }

    private void Add(string header, string text, EntryPlace place, bool overwrites)
    {
        if (!IsField(text, place)) return;
        HeaderValue? value = _ => text;
        if (IsPlaceholder(text))
        {
            value = placeholders.PerRequest(text, isResponse, baseUrl);
            if (value is null)
            {
                place.Unresolved($"nothing gives the placeholder '{text}' a value here", Advice(text, placeholders.Names(isResponse)));
                value = static _ => null; // Ocelot's way: the client's header is removed, and none is added
            }
        }
        else if (placeholders.Names(isResponse).FirstOrDefault(n => text.Contains(n, StringComparison.Ordinal)) is { } inside)
        {
            place.Warning($"'{inside}' is sent as it stands, as in Ocelot: a placeholder must be the whole value", $"Write \"{inside}\"");
        }
        _additions.Add(new Addition(header, value, overwrites || !isResponse || HeaderRules.IsContent(header)));
    }

    private static bool IsField(string text, EntryPlace place)
    {
        if (HeaderRules.IsValue(text)) return true;
        place.Error("holds a character that can't stand in a header", "Leave out line breaks and whatever isn't Latin-1");
        return false;
    }

    private static void WarnOfHeadersOutOfSight(string header, EntryPlace place)
    {
        if (HeaderRules.IsContent(header))
            place.Warning($"{header} is not seen by find-and-replace, as in Ocelot",
                "Write the expression in a list, [ \"find, replace\" ], to change it, or a value without a comma to replace it");
        else if (HeaderRules.WellKnown.TryGetValue(header, out var spelled) && spelled != header)
            place.Warning($"find-and-replace compares the names of answer headers exactly, as Ocelot does, so '{header}' is never found",
                $"Write '{spelled}'");
    }

    private static bool IsPlaceholder(string text) => text.Length > 1 && text[0] == '{' && text[^1] == '}';

    private static string WithSlash(string text) => text.EndsWith('/') ? text : text + "/";

    private static string Advice(string placeholder, IEnumerable<string> names) =>
        Spelling.Nearest(placeholder, names) is { } nearest && nearest != placeholder
            ? $"Did you mean '{nearest}'?"
            : $"The placeholders here are {string.Join(", ", names)}";

    private EntryPlace PlaceOf(string header, DocumentNode node)
    {
        var owner = section.ReadOwn(key)?.ContainsKey(header) == true ? section.Path : section.Global.Path;
        return new EntryPlace(section.Problems, node.Origin, $"{owner}.{key.Name}.{header}");
    }
}
