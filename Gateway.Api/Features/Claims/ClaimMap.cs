using Gateway.Configuration;

namespace Gateway.Features.Claims;

/// <summary>One of the sections that say what becomes of claims: names, and the expression whose value each gets.</summary>
internal static class ClaimMap
{
    /// <summary>Reads a section in the order in which Ocelot goes through it: that of its names. Reports whatever is no name or no expression.</summary>
    /// <param name="names">How names are compared.</param>
    /// <param name="fault">What is wrong with a name, or null.</param>
    public static IReadOnlyList<ClaimMapping> Read(
        RouteSection section, SectionKey<ObjectNode?> key, StringComparer names, Func<string, (string Message, string Fix)?> fault)
    {
        if (section.ReadOwn(key) is not { Members.Count: > 0 } written) return [];

        var mappings = new List<ClaimMapping>();
        var seen = new HashSet<string>(names);
        foreach (var member in written.Members)
        {
            if (!seen.Add(member.Name)) Error(ProblemCodes.DuplicateKey, "stands twice in this object", "Keep one of the two");
            else if (fault(member.Name) is { } wrong) Error(ProblemCodes.InvalidValue, wrong.Message, wrong.Fix);
            else if (member.Value is not ScalarNode { Scalar: ScalarKind.String } text)
                Error(ProblemCodes.WrongType, $"must be a claim expression, was {member.Value.Kind}", "Write \"Claims[type] > value\"");
            else if (ClaimExpression.Parse(text.Text, (message, fix) => Error(ProblemCodes.InvalidValue, $"\"{text.Text}\": {message}", fix)) is { } expression)
                mappings.Add(new ClaimMapping(member.Name, expression));

            void Error(string code, string message, string fix) =>
                section.Problems.Error(code, member.Value.Origin, $"{section.Path}.{key.Name}.{member.Name}", message, fix);
        }
        return [.. mappings.OrderBy(m => m.Name, Comparer<string>.Create(ConfigurationKeyComparer.Instance.Compare))];
    }
}
