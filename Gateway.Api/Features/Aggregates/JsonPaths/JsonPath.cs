using System.Diagnostics.CodeAnalysis;
using System.Text.Json;

namespace Gateway.Features.Aggregates.JsonPaths;

/// <summary>
/// Selects values of a JSON document: <c>$[*].user.id</c>. Names, indices, <c>*</c>, <c>..</c>, unions, slices and filters, as Ocelot's
/// dialect has them; the <c>$</c> may be left out. Immutable.
/// </summary>
internal sealed class JsonPath
{
    private readonly IReadOnlyList<ISelector> _selectors;

    private JsonPath(IReadOnlyList<ISelector> selectors) => _selectors = selectors;

    /// <summary>Whether the path can never select more than one value.</summary>
    public bool IsSingle => _selectors.All(s => s.IsSingle);

    /// <param name="fault">What is wrong with the text, as the end of a sentence.</param>
    public static bool TryParse(string text, [NotNullWhen(true)] out JsonPath? path, out string fault)
    {
        (path, fault) = (null, "");
        try
        {
            path = new JsonPath(new JsonPathReader(text).Read());
            return true;
        }
        catch (FormatException e)
        {
            fault = e.Message;
            return false;
        }
    }

    /// <summary>The values, in the order of the document.</summary>
    public IEnumerable<JsonElement> Select(JsonElement root)
    {
        IEnumerable<JsonElement> found = [root];
        foreach (var selector in _selectors) found = found.SelectMany(selector.Select);
        return found;
    }
}
