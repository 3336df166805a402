using Gateway.Configuration;
using Gateway.Features.Mediation.Values;

namespace Gateway.Features.Mediation.Plans;

/// <summary>Compiles conditions on the exchange.</summary>
internal static class WhenCompiler
{
    private const string ConditionGrammar = "Write a value, a list of values, \"*\" for any, or a comparison such as \"<3\" or \">=2.1\"";

    public static When? Compile(DocumentNode node, PlanScope scope)
    {
        if (PlanOptions.Read(node, scope, "Status", "ContentType", "Method", "Header", "Query", "Claim") is not { } options) return null;
        if (options.Find("Status") is not null && scope.Side == MediationSide.Request)
            options.At("Status").Error(ProblemCodes.MisplacedKey, "a request has no status", "Leave it out, or move the variant to Response");
        return new When
        {
            Statuses = Statuses(options),
            ContentTypes = MediaRanges(options, "ContentType"),
            Methods = Filled(options, "Method"),
            Headers = Conditions(options, "Header", ContextValue.Header),
            Query = Conditions(options, "Query", ContextValue.Query),
            Claims = Conditions(options, "Claim", ContextValue.Claim),
        };
    }

    /// <summary>The list of media types at a key.</summary>
    public static IReadOnlyList<MediaRange> MediaRanges(PlanOptions options, string key)
    {
        var ranges = new List<MediaRange>();
        foreach (var text in Filled(options, key))
        {
            if (MediaRange.TryParse(text, out var range)) ranges.Add(range.Value);
            else options.At(key).Invalid($"'{text}' is no type of body", "Write a type such as application/json, text/* or *+json, without parameters");
        }
        return ranges;
    }

    private static List<StatusRange> Statuses(PlanOptions options)
    {
        var ranges = new List<StatusRange>();
        var node = options.Find("Status");
        IReadOnlyList<DocumentNode> items = node is ArrayNode array ? array.Items : node is null ? [] : [node];
        if (node is ArrayNode { Items.Count: 0 }) options.At("Status").Invalid("the list is empty, so that nothing fits", "Name a status, or leave it out");
        for (var i = 0; i < items.Count; i++)
        {
            var place = node is ArrayNode ? options.At("Status").Item(i, items[i]) : options.At("Status");
            if (items[i] is ScalarNode { Scalar: ScalarKind.Number or ScalarKind.String } scalar && StatusRange.TryParse(scalar.Text, out var range))
                ranges.Add(range.Value);
            else place.Invalid($"{items[i]} is no status", "Write a number from 100 to 599, or a class such as \"2xx\"");
        }
        return ranges;
    }

    private static IReadOnlyList<string> Filled(PlanOptions options, string key)
    {
        var texts = options.Texts(key);
        if (options.Find(key) is ArrayNode { Items.Count: 0 }) options.At(key).Invalid("the list is empty, so that nothing fits", "Fill it, or leave it out");
        return texts;
    }

    private static List<ValueCondition> Conditions(PlanOptions options, string key, ContextValue kind)
    {
        var conditions = new List<ValueCondition>();
        if (options.Find(key) is not { } node) return conditions;
        if (node is not ObjectNode o)
        {
            options.At(key).WrongType(node, "an object of names", ConditionGrammar);
            return conditions;
        }
        foreach (var member in o.Members)
        {
            var place = options.At(key).Key(member.Name, member.Value);
            var items = member.Value is ArrayNode array ? array.Items : [member.Value];
            var texts = new List<string>();
            foreach (var item in items)
            {
                if (item is not ScalarNode { Scalar: not ScalarKind.Null } scalar) place.WrongType(item, "a value or a list of values", ConditionGrammar);
                else if (VersionComparison.IsMeant(scalar.Text) && VersionComparison.Parse(scalar.Text) is null)
                    place.Invalid($"'{scalar.Text}' compares with something that is no version number", ConditionGrammar);
                else texts.Add(scalar.Text);
            }
            if (items.Count == 0) place.Invalid("the list is empty, so that nothing fits", ConditionGrammar);
            options.Scope.Reads.Note(kind, member.Name);
            conditions.Add(new ValueCondition(member.Name, texts));
        }
        return conditions;
    }
}
