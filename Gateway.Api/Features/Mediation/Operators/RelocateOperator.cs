using Gateway.Configuration;
using Gateway.Features.Mediation.Json;
using Gateway.Features.Mediation.Paths;
using Gateway.Features.Mediation.Plans;

namespace Gateway.Features.Mediation.Operators;

/// <summary>What Move and Copy have in common.</summary>
internal abstract class RelocateOperator(string name, bool takesAway) : Operator
{
    public sealed override string Name => name;

    public sealed override Step? Compile(DocumentNode value, PlanOptions step, PlanScope scope)
    {
        var moves = new List<(JsonPath From, JsonPath To)>();
        foreach (var (from, node, place) in PlanPaths.Map(value, scope, PathKinds.Indexes))
        {
            if (node is not ScalarNode { Scalar: ScalarKind.String } text) place.WrongType(node, "the path to write to");
            else if (PlanPaths.Parse(text.Text, place, PathKinds.Names) is { } to)
            {
                if (moves.FindIndex(m => m.To.Contains(to) || to.Contains(m.To)) is >= 0 and var twin)
                    place.Error(ProblemCodes.Conflict, $"'{moves[twin].From}' and '{from}' would both be written to '{to}'", "Give them different targets");
                else if (from.Segments.SequenceEqual(to.Segments)) place.Invalid($"'{from}' is written to itself", "Leave it out");
                else moves.Add((from, to));
            }
        }
        return moves.Count == 0 ? null : new RelocateStep(moves, takesAway)
        {
            Effects = [.. moves.Select(m => new StepEffect(takesAway ? EffectKind.Moves : EffectKind.Copies, m.From) { To = m.To })],
        };
    }

    private sealed class RelocateStep(IReadOnlyList<(JsonPath From, JsonPath To)> moves, bool takesAway) : ImmediateStep
    {
        protected override JsonValue Apply(JsonValue body, Execution execution)
        {
            var values = moves.Select(m => PathReader.First(body, m.From)).ToArray();
            if (takesAway)
            {
                // A source that is overwritten keeps its place.
                var found = moves.Where((_, i) => values[i] is not null).ToArray();
                body = PathRemover.Remove(body, [.. found.Select(m => m.From).Where(f => !found.Any(m => m.To.Segments.SequenceEqual(f.Segments)))]);
            }
            for (var i = 0; i < moves.Count; i++)
                if (values[i] is { } value) body = PathWriter.Write(body, moves[i].To, value);
            return body;
        }
    }
}
