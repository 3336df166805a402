using System.Globalization;

namespace Gateway.Configuration;

/// <summary>
/// Turns a node into the type a key is read as, and reports whatever doesn't fit. Lenient exactly where Ocelot is: numbers and booleans may
/// be strings, a single value may stand for a list of one, null, <c>""</c>, <c>[]</c> and <c>{}</c> are "not written" (contract 00, 01 §1).
/// </summary>
internal sealed class Binder(ProblemList problems)
{
    /// <returns>The value, or null where nothing is written or nothing fits; in the second case a problem has been added.</returns>
    public object? Bind(DocumentNode node, Type type, string path, Levels level)
    {
        if (type.IsAssignableTo(typeof(DocumentNode))) return BindRaw(node, type, path);
        if (node is ScalarNode { Scalar: ScalarKind.Null }) return null;

        var target = Nullable.GetUnderlyingType(type) ?? type;
        if (target == typeof(string) || target.IsPrimitive || target.IsEnum) return BindScalar(node, target, path);
        if (Item(target, typeof(IReadOnlyList<>)) is { } item) return BindList(node, item[0], path, level);
        if (Item(target, typeof(IReadOnlyDictionary<,>)) is { } pair) return BindDictionary(node, pair[1], path, level);
        return BindOptions(node, target, path, level);
    }

    private static Type[]? Item(Type type, Type generic) =>
        type.IsGenericType && type.GetGenericTypeDefinition() == generic ? type.GetGenericArguments() : null;

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
            return Wrong(node, path, $"{Expected(type)} in its range");
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

    private object? BindList(DocumentNode node, Type item, string path, Levels level)
    {
        if (node is ObjectNode { Members.Count: 0 }) return null;
        IReadOnlyList<DocumentNode> nodes = node is ArrayNode array ? array.Items : [node];
        if (node is ObjectNode && (item == typeof(string) || item.IsPrimitive)) return Wrong(node, path, "a list");
        if (nodes.Count == 0) return null;

        var list = (System.Collections.IList)Activator.CreateInstance(typeof(List<>).MakeGenericType(item))!;
        for (var i = 0; i < nodes.Count; i++)
        {
            var itemPath = node is ArrayNode ? $"{path}[{i}]" : path;
            if (nodes[i] is ScalarNode { Text: "" } or ScalarNode { Scalar: ScalarKind.Null })
                problems.Error(ProblemCodes.InvalidValue, nodes[i].Origin, itemPath, "an entry of this list is empty", "Remove the entry or fill it in");
            else if (Bind(nodes[i], item, itemPath, level) is { } value) list.Add(value);
        }
        return list;
    }

    private object? BindDictionary(DocumentNode node, Type valueType, string path, Levels level)
    {
        if (node is ScalarNode { Text: "" }) return null;
        if (node is not ObjectNode { } map) return Wrong(node, path, "an object");
        if (map.Members.Count == 0) return null;

        var type = typeof(Dictionary<,>).MakeGenericType(typeof(string), valueType);
        var dictionary = (System.Collections.IDictionary)Activator.CreateInstance(type)!;
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
        var written = new Dictionary<OptionsProperty, Member>();
        foreach (var member in section.Members)
        {
            var memberPath = $"{path}.{member.Name}";
            if (shape.Find(member.Name) is not { } property)
            {
                if (!KeyCatalog.IsFree(member.Name)) Unknown(member, memberPath, shape);
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
            if (written.TryGetValue(property, out var other) && former == IsFormer(property, other.Name)) Twice(member, other, memberPath);
            var value = former ? BindFormer(member.Value, property, memberPath) : Bind(member.Value, property.Type, memberPath, level);
            if (value is null) continue;

            // The former name wins over the present one, whichever comes first; a single name goes in front of the list.
            var present = property.Info.GetValue(options);
            if (present is null || former)
                property.Info.SetValue(options, former && present is not null ? FormerAndPresent(property, value, present) : value);
            else if (IsFormer(property, written[property].Name) && property.Former!.Value == FormerValue.Prepended)
                property.Info.SetValue(options, FormerAndPresent(property, present, value));
            written[property] = member;
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

    private object? Wrong(DocumentNode node, string path, string expected)
    {
        var found = node is ScalarNode scalar && scalar.Scalar != ScalarKind.Null ? $"{node.Kind} ({scalar})" : node.Kind;
        problems.Error(ProblemCodes.WrongType, node.Origin, path, $"must be {expected}, was {found}", $"Write {expected}");
        return null;
    }

    private void Unknown(Member member, string path, OptionsShape shape)
    {
        var names = shape.Properties.Select(p => p.Name).ToArray();
        var nearest = Spelling.Nearest(member.Name, names);
        problems.Error(ProblemCodes.UnknownKey, member.NameOrigin, path, $"nothing reads the key '{member.Name}' here",
            nearest is null ? $"The keys here are {string.Join(", ", names)}" : $"Did you mean '{nearest}'?");
    }

    private void Former(Member member, string path, string name) =>
        problems.Warning(ProblemCodes.FormerKey, member.NameOrigin, path, $"'{member.Name}' is the former name of '{name}'", $"Write '{name}'");

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
