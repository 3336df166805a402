using System.Globalization;

namespace Gateway.Configuration;

/// <summary>
/// Turns a node into the type a key is read as, and reports whatever doesn't fit. Lenient exactly where Ocelot is: numbers and booleans may
/// be strings, a single value may stand for a list of one, null, <c>[]</c> and <c>{}</c> are "not written", and so is <c>""</c> where a text
/// is expected (contract 00, 01 §1).
/// </summary>
internal sealed class Binder(KeyCatalog catalog, ProblemList problems)
{
    /// <returns>The value, or null where nothing is written or nothing fits; in the second case a problem has been added.</returns>
    public object? Bind(DocumentNode node, Type type, string path, Levels level)
    {
        if (type.IsAssignableTo(typeof(DocumentNode))) return BindRaw(node, type, path);
        if (node is ScalarNode { Scalar: ScalarKind.Null }) return null;

        var plan = BindingPlan.Of(type);
        return plan.Form switch
        {
            BindingForm.Scalar => BindScalar(node, plan.Type, path),
            BindingForm.List => BindList(node, plan, path, level),
            BindingForm.Map => BindDictionary(node, plan, path, level),
            _ => BindOptions(node, plan.Type, path, level),
        };
    }

    private object? BindRaw(DocumentNode node, Type type, string path)
    {
        if (type.IsInstanceOfType(node)) return node;
        if (node is ScalarNode { Scalar: ScalarKind.Null }) return null;
        return Wrong(node, path, type == typeof(ObjectNode) ? "an object" : type == typeof(ArrayNode) ? "an array" : "a value");
    }

    private object? BindScalar(DocumentNode node, Type type, string path)
    {
        if (node is not ScalarNode scalar) return Wrong(node, path, Expected(type));
        var text = scalar.Text;
        if (type == typeof(string)) return text.Length == 0 ? null : text;

        if (type == typeof(bool)) return bool.TryParse(text, out var flag) ? flag : Wrong(node, path, Expected(type));
        if (type.IsEnum) return BindEnum(scalar, type, path);
        if (type == typeof(double))
        {
            return scalar.Scalar != ScalarKind.Boolean && double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number)
                && double.IsFinite(number) ? number : Wrong(node, path, Expected(type));
        }
        try
        {
            return scalar.Scalar == ScalarKind.Boolean
                ? Wrong(node, path, Expected(type))
                : Convert.ChangeType(text.Trim(), type, CultureInfo.InvariantCulture);
        }
        catch (FormatException)
        {
            return Wrong(node, path, Expected(type));
        }
        catch (OverflowException)
        {
            problems.Error(ProblemCodes.InvalidValue, node.Origin, path, $"{text} is too large or too small for this key", "Write a smaller number");
            return null;
        }
    }

    private object? BindEnum(ScalarNode scalar, Type type, string path)
    {
        var names = Enum.GetNames(type);
        var name = names.FirstOrDefault(n => string.Equals(n, scalar.Text, StringComparison.OrdinalIgnoreCase));
        if (name is not null && scalar.Scalar == ScalarKind.String) return Enum.Parse(type, name);

        var nearest = Spelling.Nearest(scalar.Text, names);
        problems.Error(ProblemCodes.InvalidValue, scalar.Origin, path, $"{scalar} is none of {string.Join(", ", names)}",
            nearest is null ? $"Write one of {string.Join(", ", names)}" : $"Did you mean \"{nearest}\"?");
        return null;
    }

    private object? BindList(DocumentNode node, BindingPlan plan, string path, Levels level)
    {
        var item = plan.Item!;
        if (node is ObjectNode { Members.Count: 0 }) return null;
        var ofScalars = BindingPlan.Of(item).Form == BindingForm.Scalar;
        if (node is ObjectNode || (node is ScalarNode && !ofScalars)) return NoList(node, path, ofScalars);
        IReadOnlyList<DocumentNode> nodes = node is ArrayNode array ? array.Items : [node];
        if (nodes.Count == 0 || node is ScalarNode { Text: "" }) return null;

        var list = (System.Collections.IList)plan.New();
        for (var i = 0; i < nodes.Count; i++)
        {
            var itemPath = node is ArrayNode ? $"{path}[{i}]" : path;
            if (nodes[i] is ScalarNode { Text: "" } or ScalarNode { Scalar: ScalarKind.Null })
                problems.Error(ProblemCodes.InvalidValue, nodes[i].Origin, itemPath, "an entry of this list is empty", "Remove it, or fill it in");
            else if (Bind(nodes[i], item, itemPath, level) is { } value) list.Add(value);
        }
        return list;
    }

    private object? NoList(DocumentNode node, string path, bool ofScalars)
    {
        var expected = ofScalars ? "a list" : "a list of objects";
        if (node is ObjectNode map && map.Members.All(m => m.Name.All(char.IsAsciiDigit)))
        {
            problems.Error(ProblemCodes.WrongType, node.Origin, path, $"must be {expected}, was an object with numbers for keys",
                "Write the values in [ … ], without the numbers");
            return null;
        }
        return Wrong(node, path, expected, ofScalars ? "Write [ \"…\" ]" : "Write [ { … } ]");
    }

    private object? BindDictionary(DocumentNode node, BindingPlan plan, string path, Levels level)
    {
        var valueType = plan.Item!;
        if (node is ScalarNode { Text: "" }) return null;
        if (node is not ObjectNode { } map) return Wrong(node, path, "an object");
        if (map.Members.Count == 0) return null;

        var dictionary = (System.Collections.IDictionary)plan.New();
        var names = new Dictionary<string, Member>(StringComparer.OrdinalIgnoreCase);
        foreach (var member in map.Members)
        {
            if (!names.TryAdd(member.Name, member)) Twice(member, names[member.Name], $"{path}.{member.Name}");
            // An empty text is an entry here: for a header it means "remove".
            var value = member.Value is ScalarNode { Scalar: ScalarKind.String, Text: "" } && valueType == typeof(string)
                ? ""
                : Bind(member.Value, valueType, $"{path}.{member.Name}", level);
            if (value is not null) dictionary[member.Name] = value;
        }
        return dictionary;
    }

    private object? BindOptions(DocumentNode node, Type type, string path, Levels level)
    {
        if (node is not ObjectNode section) return Wrong(node, path, "an object");
        if (section.Members.Count == 0) return null;

        var shape = OptionsShape.Of(type);
        var options = shape.Create();
        var written = new Dictionary<OptionsProperty, Member>(ReferenceEqualityComparer.Instance);
        foreach (var member in section.Members)
        {
            var memberPath = $"{path}.{member.Name}";
            if (shape.Find(member.Name) is not { } property)
            {
                if (!KeyCatalog.IsFree(member.Name)) catalog.Unread.InSection(member, memberPath, shape, level, problems);
                continue;
            }
            if (property.GlobalOnly && level != Levels.Global)
            {
                problems.Error(ProblemCodes.MisplacedKey, member.NameOrigin, memberPath,
                    $"'{property.Name}' has a meaning only in GlobalConfiguration", "Remove it here");
                continue;
            }

            var former = IsFormer(property, member.Name);
            if (former) Former(member, memberPath, property.Name);
            if (written.TryGetValue(property, out var other))
            {
                if (former == IsFormer(property, other.Name)) Twice(member, other, memberPath);
                else Both(member, other, property, memberPath);
            }
            var value = former ? BindFormer(member.Value, property, memberPath) : Bind(member.Value, property.Type, memberPath, level);
            written[property] = member;
            if (value is null) continue;

            // The former name wins over the present one, whichever comes first; a single name goes in front of the list.
            var present = property.Info.GetValue(options);
            if (present is null || former)
                property.Info.SetValue(options, former && present is not null ? FormerAndPresent(property, value, present) : value);
            else if (other is not null && IsFormer(property, other.Name) && property.Former!.Value == FormerValue.Prepended)
                property.Info.SetValue(options, FormerAndPresent(property, present, value));
        }
        return options;
    }

    private static bool IsFormer(OptionsProperty property, string name) => !string.Equals(name, property.Name, StringComparison.OrdinalIgnoreCase);

    private static object FormerAndPresent(OptionsProperty property, object former, object present) =>
        property.Former!.Value == FormerValue.Prepended
            ? ((IEnumerable<string>)former).Concat((IEnumerable<string>)present).Distinct().ToList()
            : former;

    private object? BindFormer(DocumentNode node, OptionsProperty property, string path) => property.Former!.Value switch
    {
        FormerValue.Negated => Bind(node, typeof(bool), path, Levels.None) is bool flag ? !flag : null,
        FormerValue.Seconds => Bind(node, typeof(double), path, Levels.None) is double seconds
            ? string.Create(CultureInfo.InvariantCulture, $"{seconds}s")
            : null,
        _ => Bind(node, property.Type, path, Levels.None),
    };

    private object? Wrong(DocumentNode node, string path, string expected, string? fix = null)
    {
        var found = node is ScalarNode scalar && scalar.Scalar != ScalarKind.Null ? $"{node.Kind} ({scalar})" : node.Kind;
        problems.Error(ProblemCodes.WrongType, node.Origin, path, $"must be {expected}, was {found}", fix ?? $"Write {expected}");
        return null;
    }

    private void Former(Member member, string path, string name) =>
        problems.Warning(ProblemCodes.FormerKey, member.NameOrigin, path, $"'{member.Name}' is the former name of '{name}'", $"Write '{name}'");

    private void Both(Member member, Member other, OptionsProperty property, string path) =>
        problems.Warning(ProblemCodes.Conflict, member.NameOrigin, path,
            property.Former!.Value == FormerValue.Prepended
                ? $"'{other.Name}' and '{member.Name}' are both written; their names are put together"
                : $"'{other.Name}' and '{member.Name}' are one key; the former name counts, as in Ocelot", $"Keep '{property.Name}'");

    private void Twice(Member member, Member other, string path) =>
        problems.Error(ProblemCodes.DuplicateKey, member.NameOrigin, path,
            $"the key '{member.Name}' stands twice in this object; the first is at line {other.NameOrigin.Line}", "Keep one of the two");

    private static string Expected(Type type) =>
        type == typeof(string) ? "a text"
        : type == typeof(bool) ? "true or false"
        : type.IsEnum ? $"one of {string.Join(", ", Enum.GetNames(type))}"
        : type == typeof(double) || type == typeof(float) ? "a number"
        : "a whole number";
}
