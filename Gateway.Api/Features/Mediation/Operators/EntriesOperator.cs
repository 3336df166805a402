using Gateway.Configuration;
using Gateway.Features.Mediation.Json;
using Gateway.Features.Mediation.Paths;
using Gateway.Features.Mediation.Plans;

namespace Gateway.Features.Mediation.Operators;

/// <summary>
/// Makes an array of an object, with an element for each member.
/// <code>{ "Entries": { "prices": { "Key": "currency", "Value": "amount" } } }</code>
/// Buffers. <c>Key</c> and <c>Value</c> are the names in the elements; left out they are <c>key</c> and <c>value</c>.
/// </summary>
internal sealed class EntriesOperator : Operator
{
    public override string Name => "Entries";

    public override Step? Compile(DocumentNode value, PlanOptions step, PlanScope scope)
    {
        var entries = new List<(JsonPath, string, string)>();
        foreach (var (path, node, place) in PlanPaths.Map(value, scope, PathKinds.Many))
        {
            if (PlanOptions.Read(node, place, "Key", "Value") is not { } options) continue;
            var (key, member) = (options.Text("Key") ?? "key", options.Text("Value") ?? "value");
            if (key == member) place.Error(ProblemCodes.Conflict, $"Key and Value are both '{key}'", "Give them different names");
            entries.Add((path, key, member));
        }
        return entries.Count == 0 ? null : new EntriesStep(entries);
    }

    private sealed class EntriesStep(IReadOnlyList<(JsonPath Path, string Key, string Value)> entries) : ImmediateStep
    {
        protected override JsonValue Apply(JsonValue body, Execution execution)
        {
            foreach (var (path, key, member) in entries)
                body = PathEditor.Change(body, path, (value, pointer) => value switch
                {
                    JsonObject o => new JsonArray([.. o.Members.Select(m => new JsonObject([new(key, new JsonText(m.Key)), new(member, m.Value)]))]),
                    { IsNull: true } => value,
                    _ => throw MediationFailure.Unprocessable("A value that has to be an object isn't one", pointer),
                });
            return body;
        }
    }
}
