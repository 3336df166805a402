using Gateway.Configuration;
using Gateway.Features.Mediation.Json;
using Gateway.Features.Mediation.Paths;
using Gateway.Features.Mediation.Plans;
using Gateway.Features.Mediation.Streaming;
using Gateway.Features.Mediation.Values;

namespace Gateway.Features.Mediation.Operators;

/// <summary>
/// Writes all member names in one style, at every depth.
/// <code>{ "Case": "camel" }  { "Case": { "To": "snake|camel|pascal|kebab", "At": "data", "Except": [ "_links" ] } }</code>
/// Streams. How words are found: A15. Two members that would get one name fail the body (A12).
/// </summary>
internal sealed class CaseOperator : Operator
{
    public override string Name => "Case";

    public override Step? Compile(DocumentNode value, PlanOptions step, PlanScope scope)
    {
        if (value is ScalarNode { Scalar: ScalarKind.String } text) return NameStyle.Find(text.Text, scope) is { } only
            ? new CaseStep(only, null, []) { Effects = [Restyles(JsonPath.Of([]), only)] } : null;

        if (PlanOptions.Read(value, scope, "To", "At", "Except") is not { } options) return null;
        if (options.Find("To") is null) scope.Error(ProblemCodes.Missing, "To isn't there", "Write snake, camel, pascal or kebab");
        var style = options.Text("To") is { } to ? NameStyle.Find(to, options.At("To")) : null;
        var at = options.Text("At") is { } path ? PlanPaths.Parse(path, options.At("At")) : null;
        if (style is null || (at is null && options.Find("At") is not null)) return null;
        var except = options.Texts("Except");
        return new CaseStep(style, at is { IsRoot: false } ? at : null, except) { Effects = [Restyles(at ?? JsonPath.Of([]), except.Count == 0 ? style : null)] };
    }

    private static StepEffect Restyles(JsonPath path, NameStyle? style) => new(EffectKind.Restyles, path) { Style = style };

    private sealed class CaseStep(NameStyle style, JsonPath? at, IReadOnlyList<string> except) : StreamingStep
    {
        private readonly PathState? _root = at is null ? null : PathAutomaton.Compile([at]);
        private readonly HashSet<string> _except = new(except, StringComparer.Ordinal);

        public override bool NeedsLengths => at?.CountsFromEnd ?? false;

        public override Transformer Open(JsonSink next)
        {
            if (_root is null) return new CaseTransformer(next, style, _except);
            return new WithinTransformer(next, _root, [new TransformerChain([new CaseStep(style, null, except) { Name = Name }], new Passage(next))]);
        }
    }

    private sealed class CaseTransformer(JsonSink next, NameStyle style, HashSet<string> except) : Transformer(next)
    {
        private const int Known = 512;

        private readonly NameSets _names = new();

        // The names of one kind of body come again with every element: what they become is worked out once.
        private readonly Entry?[] _known = new Entry?[Known];

        public override void Accept(in JsonToken token)
        {
            if (token.Kind == JsonTokenKind.Name)
            {
                AcceptName(in token);
                return;
            }
            if (token.Kind == JsonTokenKind.StartObject) _names.Open();
            else if (token.Kind == JsonTokenKind.EndObject) _names.Close();
            Next.Accept(in token);
        }

        protected override void Reset() => _names.Clear();

        private void AcceptName(in JsonToken token)
        {
            var hash = NameHash.Of(token.Raw);
            ref var known = ref _known[hash % Known];
            if (known is null || !token.Raw.SequenceEqual(known.From)) known = Convert(in token);

            if (!_names.TryAdd(known.ToHash, known.FromHash)) throw Failure("Two members of one object would have the same name");
            Matched |= known.Changes;
            Next.Accept(new JsonToken(JsonTokenKind.Name, known.To, known.Escaped));
        }

        private Entry Convert(in JsonToken token)
        {
            var from = token.ReadString();
            var name = except.Contains(from) ? from : style.Apply(from);
            var to = JsonEscapes.Encode(name);
            return new Entry(token.Raw.ToArray(), to, to.AsSpan().Contains((byte)'\\'), NameHash.Of(in token), NameHash.Of(to), name != from);
        }

        private sealed record Entry(byte[] From, byte[] To, bool Escaped, ulong FromHash, ulong ToHash, bool Changes);
    }
}
