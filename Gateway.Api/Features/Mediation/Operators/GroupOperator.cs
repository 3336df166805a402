using Gateway.Configuration;
using Gateway.Features.Mediation.Json;
using Gateway.Features.Mediation.Paths;
using Gateway.Features.Mediation.Plans;

namespace Gateway.Features.Mediation.Operators;

/// <summary>
/// Puts fields into a sub-object, under their last names.
/// <code>{ "Group": { "address": [ "street", "city" ] } }</code>
/// Buffers. Makes no object when none of the fields is there; adds to the object when it exists, else puts it at the end (A13). A name that
/// the object has already fails the body (A12).
/// </summary>
internal sealed class GroupOperator : Operator
{
    public override string Name => "Group";

    public override Step? Compile(DocumentNode value, PlanOptions step, PlanScope scope)
    {
        var groups = new List<Group>();
        foreach (var (target, node, place) in PlanPaths.Map(value, scope, PathKinds.Names))
        {
            var fields = PlanPaths.List(node, place, PathKinds.Names);
            foreach (var twins in fields.GroupBy(f => f.LastName).Where(g => g.Count() > 1))
                place.Error(ProblemCodes.Conflict, $"{string.Join(" and ", twins.Select(t => $"'{t}'"))} would both be '{twins.Key}' in '{target}'", "Rename one of them first");
            foreach (var field in fields)
                if (groups.Any(g => g.Fields.Any(f => f.Segments.SequenceEqual(field.Segments))))
                    place.Error(ProblemCodes.Conflict, $"'{field}' is put into two groups", "Copy it first, or take it out of one of them");
            if (fields.Count > 0) groups.Add(new Group(target, fields));
        }
        return groups.Count == 0 ? null : new GroupStep(groups);
    }

    private sealed record Group(JsonPath Target, IReadOnlyList<JsonPath> Fields);

    private sealed class GroupStep(IReadOnlyList<Group> groups) : ImmediateStep
    {
        protected override JsonValue Apply(JsonValue body, Execution execution)
        {
            var found = groups.Select(g => g.Fields.Select(f => (Field: f, Value: PathReader.First(body, f))).Where(f => f.Value is not null).ToArray()).ToArray();
            body = PathRemover.Remove(body, [.. found.SelectMany(f => f.Select(v => v.Field))]);
            for (var i = 0; i < groups.Count; i++)
            {
                if (found[i].Length == 0) continue;
                var target = groups[i].Target;
                var existing = PathReader.First(body, target);
                if (existing is not null and not JsonObject) throw MediationFailure.Unprocessable($"{target} has to be an object, to take fields in");
                var o = existing as JsonObject ?? JsonObject.Empty;
                foreach (var (field, value) in found[i])
                {
                    if (o.IndexOf(field.LastName!) >= 0) throw MediationFailure.Unprocessable($"{target} would have the name '{field.LastName}' twice");
                    o = o.With(field.LastName!, value!);
                }
                body = PathWriter.Write(body, target, o);
            }
            return body;
        }
    }
}
