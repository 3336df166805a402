using Gateway.Configuration;
using Gateway.Features.Mediation.Json;
using Gateway.Features.Mediation.Paths;
using Gateway.Features.Mediation.Plans;

namespace Gateway.Features.Mediation.Operators;

/// <summary>
/// Puts the fields of a sub-object in its place, each with a prefix before its name.
/// <code>{ "Flatten": { "customer": "cust_" } }</code>
/// Buffers. A name that the object has already fails the body (A12), and so does a value that isn't an object; null and missing do nothing.
/// </summary>
internal sealed class FlattenOperator : Operator
{
    public override string Name => "Flatten";

    public override Step? Compile(DocumentNode value, PlanOptions step, PlanScope scope)
    {
        var entries = new List<(JsonPath Parent, string Name, string Prefix)>();
        foreach (var (path, node, place) in PlanPaths.Map(value, scope, PathKinds.Indexes | PathKinds.Every))
        {
            if (node is not ScalarNode { Scalar: ScalarKind.String } prefix) place.WrongType(node, "the prefix of the names, or \"\"");
            else if (path.LastName is not { } name) place.Invalid($"'{path}' is an element of an array, and fields need an object around them", "End the path with a member");
            else entries.Add((path.Parent, name, prefix.Text));
        }
        return entries.Count == 0 ? null : new FlattenStep(entries);
    }

    private sealed class FlattenStep(IReadOnlyList<(JsonPath Parent, string Name, string Prefix)> entries) : ImmediateStep
    {
        protected override JsonValue Apply(JsonValue body, Execution execution)
        {
            // The deepest first, so that what is flattened twice is found where the body had it (A10).
            foreach (var group in entries.GroupBy(e => e.Parent.Text).OrderByDescending(g => g.First().Parent.Segments.Count))
            {
                var prefixes = group.ToDictionary(e => e.Name, e => e.Prefix, StringComparer.Ordinal);
                body = PathEditor.Change(body, group.First().Parent, (value, pointer) => value is JsonObject o ? Flatten(o, prefixes, pointer) : value);
            }
            return body;
        }

        private static JsonObject Flatten(JsonObject o, Dictionary<string, string> prefixes, string pointer)
        {
            if (!prefixes.Keys.Any(n => o[n] is { IsNull: false })) return o;
            var members = new List<KeyValuePair<string, JsonValue>>();
            foreach (var (name, value) in o.Members)
            {
                if (!prefixes.TryGetValue(name, out var prefix) || value.IsNull) members.Add(new(name, value));
                else if (value is JsonObject inner) members.AddRange(inner.Members.Select(m => KeyValuePair.Create(prefix + m.Key, m.Value)));
                else throw MediationFailure.Unprocessable("A value whose fields are wanted isn't an object", PathEditor.Below(pointer, name));
            }
            if (members.DistinctBy(m => m.Key, StringComparer.Ordinal).Count() < members.Count)
                throw MediationFailure.Unprocessable("Two members of one object would have the same name", pointer);
            return new JsonObject(members);
        }
    }
}
