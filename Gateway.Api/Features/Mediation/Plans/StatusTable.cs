using System.Globalization;
using Gateway.Configuration;
using Gateway.Features.Mediation.Json;

namespace Gateway.Features.Mediation.Plans;

/// <summary>Which status a value of the body stands for; <c>*</c> for every other and for none.</summary>
internal sealed class StatusTable
{
    private readonly Dictionary<string, int> _statuses;

    private StatusTable(Dictionary<string, int> statuses) => _statuses = statuses;

    /// <returns>The table, or null after a problem.</returns>
    public static StatusTable? Compile(DocumentNode node, PlanScope scope)
    {
        if (node is not ObjectNode o)
        {
            scope.WrongType(node, "a table of statuses", "Write { \"NOT_FOUND\": 404, \"*\": 502 }");
            return null;
        }
        var statuses = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var member in o.Members)
            if (Status(member.Value, scope.Key(member.Name, member.Value)) is { } status) statuses[member.Name] = status;
        return new StatusTable(statuses);
    }

    /// <returns>The status that a node holds, or null after a problem.</returns>
    public static int? Status(DocumentNode node, PlanScope scope)
    {
        if (node is ScalarNode { Scalar: ScalarKind.Number or ScalarKind.String } scalar
            && int.TryParse(scalar.Text, NumberStyles.None, CultureInfo.InvariantCulture, out var status) && status is >= 200 and <= 599) return status;
        scope.At(node).Invalid($"must be a status from 200 to 599, was {(node is ScalarNode ? node : node.Kind)}");
        return null;
    }

    public int? Find(JsonValue? value)
    {
        if (value?.AsScalarText is { } text && _statuses.TryGetValue(text, out var status)) return status;
        return _statuses.TryGetValue("*", out var other) ? other : null;
    }
}
