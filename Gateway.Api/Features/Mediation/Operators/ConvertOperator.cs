using System.Text;
using Gateway.Configuration;
using Gateway.Features.Mediation.Json;
using Gateway.Features.Mediation.Paths;
using Gateway.Features.Mediation.Plans;
using Gateway.Features.Mediation.Streaming;
using Gateway.Features.Mediation.Values.Conversions;

namespace Gateway.Features.Mediation.Operators;

/// <summary>
/// Converts values; a list of conversions runs from left to right.
/// <code>{ "Convert": { "total": "number", "tags": [ "trim", "split(,)" ] }, "OnInvalid": "fail|keep|null" }</code>
/// Streams; an array that is joined is held while it passes. <c>OnInvalid</c> holds for all paths of the step: <c>fail</c> (the default)
/// refuses the body, <c>keep</c> leaves the value as it was before the whole list, <c>null</c> writes null (A01). Null stays null (A02).
/// </summary>
internal sealed class ConvertOperator : Operator
{
    public override string Name => "Convert";

    public override IReadOnlyList<string> Beside => ["OnInvalid"];

    private enum Invalid
    {
        Fail,
        Keep,
        Null,
    }

    public override Step? Compile(DocumentNode value, PlanOptions step, PlanScope scope)
    {
        var onInvalid = step.Choice("OnInvalid", Invalid.Fail);
        var entries = PlanPaths.Map(value, scope, PathKinds.Many);
        PlanPaths.RefuseNested(entries);
        var conversions = entries.Select(e => ConversionParser.List(e.Value, e.Scope)).ToArray();
        return entries.Count == 0 ? null : new ConvertStep([.. entries.Select(e => e.Path)], conversions, onInvalid)
        {
            Effects = [.. entries.Select((e, i) => new StepEffect(EffectKind.Changes, e.Path)
            {
                Means = string.Join(';', conversions[i].Select(c => Plain(c.Name))),
                Inverse = conversions[i].All(c => c.Inverse is not null) ? string.Join(';', conversions[i].Reverse().Select(c => Plain(c.Inverse!))) : "",
            })],
        };
    }

    private static string Plain(string conversion) => conversion.Replace(" ", "", StringComparison.Ordinal).ToUpperInvariant();

    private sealed class ConvertStep(IReadOnlyList<JsonPath> paths, IReadOnlyList<Conversion>[] conversions, Invalid onInvalid) : StreamingStep
    {
        private readonly PathState _root = PathAutomaton.Compile(paths);

        public override bool NeedsLengths => paths.Any(p => p.CountsFromEnd);

        public override Transformer Open(JsonSink next) => new ConvertTransformer(next, _root, conversions, onInvalid);
    }

    private sealed class ConvertTransformer(JsonSink next, PathState root, IReadOnlyList<Conversion>[] conversions, Invalid onInvalid)
        : ValueTransformer(next, root)
    {
        private readonly PassingConversions.Pass?[] _passes = [.. conversions.Select(c => c is [{ Pass: { } pass }] ? pass : null)];
        private readonly JsonBuilder _array = new();
        private int _arrayPath = -1;

        protected override void OnScalar(int path, in JsonToken token)
        {
            if (_passes[path] is { } pass && pass(in token, Output)) return;
            JsonValue value = token.Kind switch
            {
                JsonTokenKind.Text => new JsonText(token.ReadString()),
                JsonTokenKind.Number => new JsonNumber(Encoding.ASCII.GetString(token.Raw)),
                JsonTokenKind.True => JsonLiteral.True,
                _ => JsonLiteral.False,
            };
            if (Convert(path, value) is { } converted) converted.WriteTo(Output);
            else if (onInvalid == Invalid.Keep) Output.Accept(in token);
            else RefuseOrNull(path);
        }

        protected override ValueAction OnContainer(int path, PathState state, in JsonToken token)
        {
            if (token.Kind == JsonTokenKind.StartArray && conversions[path][0].TakesArrays)
            {
                _arrayPath = path;
                return Divert(_array);
            }
            if (onInvalid == Invalid.Keep) return ValueAction.Pass;
            RefuseOrNull(path);
            return ValueAction.Drop;
        }

        protected override void OnDiverted()
        {
            if (_arrayPath < 0)
            {
                base.OnDiverted();
                return;
            }
            var array = _array.Take();
            if (Convert(_arrayPath, array) is { } converted) converted.WriteTo(Output);
            else if (onInvalid == Invalid.Keep) array.WriteTo(Output);
            else RefuseOrNull(_arrayPath);
            _arrayPath = -1;
        }

        protected override void Reset()
        {
            base.Reset();
            _array.TryRestart();
            _arrayPath = -1;
        }

        private JsonValue? Convert(int path, JsonValue value)
        {
            JsonValue? converted = value;
            foreach (var conversion in conversions[path])
            {
                converted = conversion.Apply(converted);
                if (converted is null) return null;
            }
            return converted;
        }

        private void RefuseOrNull(int path)
        {
            if (onInvalid == Invalid.Null) Output.Accept(JsonToken.Null);
            else throw Failure($"A value can't be converted: {string.Join(", ", conversions[path].Select(c => c.Name))}");
        }
    }
}
