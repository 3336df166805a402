using Gateway.Configuration;

namespace Gateway.Features.Authorization;

/// <summary>Reads <c>RouteClaimsRequirement</c>. Whatever can't be a demand is an error, never nothing.</summary>
internal static class ClaimRequirements
{
    public static IReadOnlyList<ClaimRequirement> Read(ObjectNode written, RouteSection section, IReadOnlySet<string> placeholders)
    {
        var requirements = new List<ClaimRequirement>();
        foreach (var member in written.Members)
        {
            if (written.FindExact(member.Name) != member)
                Error(member.NameOrigin, "stands twice in this object", "Write a list of values: [ … ]", ProblemCodes.DuplicateKey);
            else if (Read(member, Error, placeholders) is { } requirement) requirements.Add(requirement);

            void Error(Origin origin, string message, string fix, string code) =>
                section.Problems.Error(code, origin, $"{section.Path}.{AuthorizationFeature.Key.Name}.{member.Name}", message, fix);
        }
        return requirements;
    }

    private static ClaimRequirement? Read(Member member, Action<Origin, string, string, string> error, IReadOnlySet<string> placeholders)
    {
        IReadOnlyList<DocumentNode> nodes = member.Value is ArrayNode list ? list.Items : [member.Value];
        if (nodes.Count == 0) error(member.Value.Origin, "demands a claim, but allows no value of it", "Write the values that are enough", ProblemCodes.InvalidValue);

        var (values, names) = (new List<string>(), new List<string>());
        foreach (var node in nodes)
        {
            if (node is not ScalarNode { Scalar: not ScalarKind.Null } scalar)
                error(node.Origin, $"must be a text or a list of texts, was {node.Kind}", "Write the value that is demanded", ProblemCodes.WrongType);
            else if (scalar.Text.Length == 0)
                error(node.Origin, "demands an empty value", "Write the value that is demanded", ProblemCodes.InvalidValue);
            else if (!IsPlaceholder(scalar.Text))
                values.Add(scalar.Text);
            else if (scalar.Text[1..^1] is var name && placeholders.Contains(name))
                names.Add(name);
            else
                error(node.Origin, $"the route captures nothing named {scalar.Text}, so no caller could be let in", Advice(scalar.Text, placeholders), ProblemCodes.UnknownReference);
        }
        return values.Count + names.Count == nodes.Count && nodes.Count > 0 ? new ClaimRequirement(member.Name, values, names) : null;
    }

    private static bool IsPlaceholder(string text) => text.Length > 2 && text[0] == '{' && text[^1] == '}';

    private static string Advice(string text, IReadOnlySet<string> placeholders) =>
        Spelling.Nearest(text[1..^1], placeholders) is { } nearest ? $"Did you mean \"{{{nearest}}}\"?"
        : placeholders.Count > 0 ? $"The placeholders are {string.Join(", ", placeholders.Order(StringComparer.Ordinal).Select(p => $"{{{p}}}"))}"
        : $"Add {text} to the UpstreamPathTemplate";
}
