using System.Text;

namespace Gateway.Configuration;

/// <summary>
/// Puts environment variables into the strings of a file: <c>${NAME}</c>, or <c>${NAME:-default}</c> where the variable may be missing.
/// <c>$${</c> stands for <c>${</c> itself. A variable that is missing or empty is an error unless a default, perhaps an empty one, is
/// written: an empty name of an authentication scheme must not open a route.
/// </summary>
internal sealed class Substitution(IReadOnlyDictionary<string, string> variables, ProblemList problems)
{
    /// <summary>The same tree where there is nothing to replace.</summary>
    public DocumentNode Apply(DocumentNode node, string path) => node switch
    {
        ScalarNode { Scalar: ScalarKind.String } scalar when scalar.Text.Contains("${", StringComparison.Ordinal) =>
            Replace(scalar, path) is { } text ? new ScalarNode(scalar.Origin, ScalarKind.String, text) : new ScalarNode(scalar.Origin, ScalarKind.Null, "null"),
        ObjectNode map => Members(map, path),
        ArrayNode array => Items(array, path),
        _ => node,
    };

    private ObjectNode Members(ObjectNode map, string path)
    {
        Member[]? changed = null;
        for (var i = 0; i < map.Members.Count; i++)
        {
            var member = map.Members[i];
            var value = Apply(member.Value, path.Length == 0 ? member.Name : $"{path}.{member.Name}");
            if (value != member.Value) (changed ??= [.. map.Members])[i] = member with { Value = value };
        }
        return changed is null ? map : new ObjectNode(map.Origin, changed);
    }

    private ArrayNode Items(ArrayNode array, string path)
    {
        DocumentNode[]? changed = null;
        for (var i = 0; i < array.Items.Count; i++)
        {
            var value = Apply(array.Items[i], $"{path}[{i}]");
            if (value != array.Items[i]) (changed ??= [.. array.Items])[i] = value;
        }
        return changed is null ? array : new ArrayNode(array.Origin, changed);
    }

    /// <returns>Null after a problem: the value counts as not written, so that the one fault isn't reported twice.</returns>
    private string? Replace(ScalarNode scalar, string path)
    {
        var text = scalar.Text;
        var result = new StringBuilder();
        var at = 0;
        while (text.IndexOf("${", at, StringComparison.Ordinal) is var open and >= 0)
        {
            if (open > at && text[open - 1] == '$')
            {
                result.Append(text, at, open - at).Append('{');
                at = open + 2;
                continue;
            }
            result.Append(text, at, open - at);
            var close = text.IndexOf('}', open);
            if (close < 0)
            {
                Error(scalar, path, "\"${\" without a \"}\"", "Close it, or write \"$${\" for the characters themselves");
                return null;
            }
            if (Value(text[(open + 2)..close], scalar, path) is not { } value) return null;
            result.Append(value);
            at = close + 1;
        }
        return result.Append(text, at, text.Length - at).ToString();
    }

    private string? Value(string inside, ScalarNode scalar, string path)
    {
        var mark = inside.IndexOf(":-", StringComparison.Ordinal);
        var name = mark < 0 ? inside : inside[..mark];
        if (!IsName(name)) Error(scalar, path, $"\"{name}\" in ${{{inside}}} is no name of an environment variable", "Write \"$${\" for the characters themselves");
        else if (variables.TryGetValue(name, out var value) && value.Length > 0) return value;
        else if (mark >= 0) return inside[(mark + 2)..];
        else Error(scalar, path, $"the environment variable {name} is not set, or empty", $"Set it, or write \"${{{name}:-default}}\"", ProblemCodes.UnknownReference);
        return null;
    }

    private static bool IsName(string name) =>
        name.Length > 0 && !char.IsAsciiDigit(name[0]) && name.All(c => char.IsAsciiLetterOrDigit(c) || c == '_');

    private void Error(ScalarNode scalar, string path, string message, string fix, string code = ProblemCodes.InvalidValue) =>
        problems.Error(code, scalar.Origin, path, message, fix);
}
