using Gateway.Configuration;
using Gateway.Features.Mediation.Json;
using Gateway.Features.Mediation.Paths;
using Gateway.Features.Mediation.Plans;
using Gateway.Features.Mediation.Streaming;

namespace Gateway.Features.Mediation.Operators;

/// <summary>
/// Gives members other names; they keep their place.
/// <code>{ "Rename": { "a.b": "c", "items[*].no": "sku", "..Id": "id" } }</code>
/// The right side is a name, never a path (A11). Streams. All paths mean the body before the step, so that two names can be swapped (A10);
/// a name that the object already has fails the body (A12).
/// </summary>
internal sealed class RenameOperator : Operator
{
    public override string Name => "Rename";

    public override Step? Compile(DocumentNode value, PlanOptions step, PlanScope scope)
    {
        var rules = new List<Rule>();
        foreach (var (path, node, place) in PlanPaths.Map(value, scope, PathKinds.Indexes | PathKinds.Every | PathKinds.AnyDepth))
        {
            if (node is not ScalarNode { Scalar: ScalarKind.String } name) place.WrongType(node, "the new name");
            else if (path.LastName is null) place.Invalid($"'{path}' is an element of an array, and elements have no name", "End the path with a member");
            else if (path.LastName == name.Text) place.Invalid($"renames '{name.Text}' to itself", "Leave it out");
            else if (rules.Find(r => r.To == name.Text && SameObject(r.Path, path)) is { } twin)
                place.Error(ProblemCodes.Conflict, $"'{twin.Path}' and '{path}' would both get the name '{name.Text}'", "Give one of them another name");
            else rules.Add(new Rule(path, name.Text));
        }
        return rules.Count == 0 ? null : new RenameStep(rules)
        {
            Effects = [.. rules.Select(r => new StepEffect(EffectKind.Moves, r.Path) { To = RenameStep.Sibling(r.Path, r.To) })],
        };
    }

    private static bool SameObject(JsonPath a, JsonPath b) => a.Segments[^1].AnyDepth == b.Segments[^1].AnyDepth && a.Parent.Contains(b.Parent) && b.Parent.Contains(a.Parent);

    private sealed record Rule(JsonPath Path, string To);

    private sealed class RenameStep : StreamingStep
    {
        private readonly IReadOnlyList<Rule> _rules;
        private readonly PathState _root;
        private readonly byte[][] _names;
        private readonly int[] _targets;

        public RenameStep(IReadOnlyList<Rule> rules)
        {
            // The new names are followed like the old ones, behind them in the list, so that an object that has both is noticed.
            _rules = rules;
            _root = PathAutomaton.Compile([.. rules.Select(r => r.Path), .. rules.Select(r => Sibling(r.Path, r.To))]);
            _names = [.. rules.Select(r => JsonEscapes.Encode(r.To))];
            var targets = rules.Select(r => r.To).Distinct().ToList();
            _targets = [.. rules.Select(r => targets.IndexOf(r.To))];
        }

        public override bool NeedsLengths => _rules.Any(r => r.Path.CountsFromEnd);

        public override Transformer Open(JsonSink next) => new RenameTransformer(next, _root, _names, _targets);

        public static JsonPath Sibling(JsonPath path, string name) => path.Parent.Append(path.Segments[^1] with { Name = name });
    }

    private sealed class RenameTransformer(JsonSink next, PathState root, byte[][] names, int[] targets) : PathTransformer(next, root)
    {
        // For each object that is open: which new name it has, and which rule gave it, or -1 for a member that had it before.
        private readonly List<(int Target, int Rule)> _taken = [];

        protected override NameAction OnName(PathState member, int place, in JsonToken name)
        {
            if (!member.IsMatch) return NameAction.Pass;
            var rule = member.Matches[0] < names.Length ? member.Matches[0] : -1;
            if (rule >= 0)
            {
                Matched = true;
                Take(targets[rule], rule);
                Output.Accept(new JsonToken(JsonTokenKind.Name, names[rule], names[rule].AsSpan().Contains((byte)'\\')));
                return NameAction.Replaced;
            }
            foreach (var match in member.Matches) Take(targets[match - names.Length], -1);
            return NameAction.Pass;
        }

        protected override ValueAction OnValue(PathState state, in JsonToken token) => state.IsEnd ? ValueAction.Pass : ValueAction.Descend;

        protected override void OnContainerEnd(ref Frame frame) => _taken.RemoveRange(_taken.Count - frame.Mark, frame.Mark);

        protected override void Reset()
        {
            base.Reset();
            _taken.Clear();
        }

        private void Take(int target, int rule)
        {
            ref var frame = ref Current;
            for (var i = _taken.Count - frame.Mark; i < _taken.Count; i++)
            {
                if (_taken[i].Target != target) continue;
                if (_taken[i].Rule == rule) return;
                throw Failure("Two members of one object would have the same name");
            }
            _taken.Add((target, rule));
            frame.Mark++;
        }
    }
}
