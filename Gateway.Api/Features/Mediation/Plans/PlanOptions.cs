using System.Globalization;
using Gateway.Configuration;

namespace Gateway.Features.Mediation.Plans;

/// <summary>An object of the language, whose keys are fixed: reads them by name and reports those that nobody knows.</summary>
internal sealed class PlanOptions
{
    private readonly ObjectNode _node;

    private PlanOptions(ObjectNode node, PlanScope scope)
    {
        _node = node;
        Scope = scope;
    }

    public PlanScope Scope { get; }

    /// <returns>The options, or null after a problem.</returns>
    public static PlanOptions? Read(DocumentNode node, PlanScope scope, params ReadOnlySpan<string> allowed)
    {
        if (node is not ObjectNode o)
        {
            scope.WrongType(node, "an object", $"Allowed keys are {string.Join(", ", allowed)}");
            return null;
        }
        foreach (var member in o.Members)
            if (!IsFree(member.Name) && !Contains(allowed, member.Name)) Unknown(member, scope, allowed.ToArray());
        return new PlanOptions(o, scope.At(node));
    }

    /// <summary>Whether a key is left to the user (contract 00: keys that begin with <c>_</c>, <c>$</c> or <c>x-</c>).</summary>
    public static bool IsFree(string key) => key.Length > 0 && (key[0] is '_' or '$' || key.StartsWith("x-", StringComparison.OrdinalIgnoreCase));

    /// <summary>Reports a key that nobody knows.</summary>
    public static void Unknown(Member member, PlanScope scope, IReadOnlyList<string> allowed)
    {
        var near = Spelling.Nearest(member.Name, allowed);
        scope.Member(member.Name, member.Value).At(member.NameOrigin).Error(ProblemCodes.UnknownKey, $"there is no '{member.Name}' here",
            $"{(near is null ? "" : $"Did you mean '{near}'? ")}Allowed are {string.Join(", ", allowed)}");
    }

    /// <summary>The value, or null when the key isn't there.</summary>
    public DocumentNode? Find(string key) => _node.Find(key)?.Value;

    /// <summary>The scope of a key's value.</summary>
    public PlanScope At(string key) => Find(key) is { } node ? Scope.Member(key, node) : Scope;

    public string? Text(string key)
    {
        if (Find(key) is not { } node) return null;
        if (node is ScalarNode { Scalar: ScalarKind.String } text) return text.Text;
        At(key).WrongType(node, "a text");
        return null;
    }

    public bool Boolean(string key, bool otherwise)
    {
        if (Find(key) is not { } node) return otherwise;
        if (node is ScalarNode { Scalar: ScalarKind.Boolean or ScalarKind.String } scalar && bool.TryParse(scalar.Text, out var value)) return value;
        At(key).WrongType(node, "true or false");
        return otherwise;
    }

    public long? Integer(string key, long least)
    {
        if (Find(key) is not { } node) return null;
        if (node is ScalarNode { Scalar: ScalarKind.Number or ScalarKind.String } scalar
            && long.TryParse(scalar.Text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var value))
        {
            if (value >= least) return value;
            At(key).Invalid($"must be at least {least}, was {value}");
            return null;
        }
        At(key).WrongType(node, "a whole number");
        return null;
    }

    /// <summary>One of an enumeration's names, in upper or lower case.</summary>
    public T Choice<T>(string key, T otherwise) where T : struct, Enum
    {
        if (Text(key) is not { } text) return otherwise;
        foreach (var value in Enum.GetValues<T>())
            if (text.Equals(value.ToString(), StringComparison.OrdinalIgnoreCase)) return value;
        At(key).Invalid($"'{text}' is no choice here", $"Allowed are {string.Join(", ", Enum.GetNames<T>().Select(n => n.ToLowerInvariant()))}");
        return otherwise;
    }

    /// <summary>A list of texts; a single text is a list of one. Empty when the key isn't there.</summary>
    public IReadOnlyList<string> Texts(string key)
    {
        switch (Find(key))
        {
            case null:
                return [];
            case ScalarNode { Scalar: ScalarKind.String } one:
                return [one.Text];
            case ArrayNode array:
                var texts = new List<string>();
                for (var i = 0; i < array.Items.Count; i++)
                {
                    if (array.Items[i] is ScalarNode { Scalar: ScalarKind.String } text) texts.Add(text.Text);
                    else At(key).Item(i, array.Items[i]).WrongType(array.Items[i], "a text");
                }
                return texts;
            case var other:
                At(key).WrongType(other, "a text or a list of texts");
                return [];
        }
    }

    private static bool Contains(ReadOnlySpan<string> allowed, string key)
    {
        foreach (var name in allowed)
            if (name.Equals(key, StringComparison.OrdinalIgnoreCase)) return true;
        return false;
    }
}
