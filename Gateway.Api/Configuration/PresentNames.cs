using System.Globalization;

namespace Gateway.Configuration;

/// <summary>Rewrites what stands under former names to the present ones, values included: <c>DisableRateLimitHeaders: true</c> is <c>EnableHeaders: false</c>.</summary>
internal static class PresentNames
{
    /// <summary>The members of an options section with each key once, under its present name; keys that nothing reads are left out.</summary>
    public static ObjectNode Of(ObjectNode section, OptionsShape shape)
    {
        var members = new List<Member>(section.Members.Count);
        foreach (var property in shape.Properties)
        {
            var (former, present) = Find(section, property);
            if (former is not null && present is not null && property.Former!.Value == FormerValue.Prepended)
                members.Add(present with { Name = property.Name, Value = Joined(former.Value, present.Value) });
            else if (former is not null) members.Add(former with { Name = property.Name, Value = Value(former.Value, property.Former!.Value) });
            else if (present is not null) members.Add(Present(present, property));
        }
        return new ObjectNode(section.Origin, members);
    }

    /// <summary>The value under a former name as it has to stand under the present one.</summary>
    public static DocumentNode Value(DocumentNode node, FormerValue former) => (former, node) switch
    {
        (FormerValue.Negated, ScalarNode flag) when bool.TryParse(flag.Text, out var value) =>
            new ScalarNode(node.Origin, ScalarKind.Boolean, value ? "false" : "true"),
        (FormerValue.Seconds, ScalarNode number) when double.TryParse(number.Text, NumberStyles.Float, CultureInfo.InvariantCulture, out var seconds) =>
            new ScalarNode(node.Origin, ScalarKind.String, string.Create(CultureInfo.InvariantCulture, $"{seconds}s")),
        (FormerValue.Prepended, ScalarNode { Scalar: ScalarKind.String }) => new ArrayNode(node.Origin, [node]),
        _ => node,
    };

    private static (Member? Former, Member? Present) Find(ObjectNode section, OptionsProperty property)
    {
        Member? former = null;
        Member? present = null;
        foreach (var member in section.Members)
        {
            if (!property.IsNamed(member.Name)) continue;
            if (IsFormer(property, member.Name)) former ??= member;
            else present ??= member;
        }
        return (former, present);
    }

    private static Member Present(Member member, OptionsProperty property)
    {
        var value = Inner(member.Value, property.Type);
        return value == member.Value && member.Name == property.Name ? member : member with { Name = property.Name, Value = value };
    }

    private static DocumentNode Inner(DocumentNode node, Type type) =>
        node is ObjectNode map && OptionsShape.Within(type) is { } shape && shape.Type == type ? Of(map, shape) : node;

    private static ArrayNode Joined(DocumentNode former, DocumentNode present)
    {
        var names = present is ArrayNode array ? array.Items : [present];
        return new ArrayNode(present.Origin, [former, .. names.Where(n => n is not ScalarNode name || name.Text != (former as ScalarNode)?.Text)]);
    }

    private static bool IsFormer(OptionsProperty property, string name) => !string.Equals(name, property.Name, StringComparison.OrdinalIgnoreCase);
}
