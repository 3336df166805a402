using System.Text;
using Gateway.Configuration;
using Gateway.Features.Mediation.Json;
using Gateway.Features.Mediation.Paths;
using Gateway.Features.Mediation.Plans;
using Gateway.Features.Mediation.Streaming;
using Gateway.Features.Mediation.Values;

namespace Gateway.Features.Mediation.Operators;

/// <summary>
/// Looks values up in a table.
/// <code>{ "MapValues": { "status": { "N": "new", "S": "shipped", "*": "unknown" } } }</code>
/// Streams. Numbers and booleans are looked up by their JSON text; objects, arrays and null are kept (A05). What the table doesn't have
/// becomes the value of <c>*</c>, or is kept where there is none.
/// </summary>
internal sealed class MapValuesOperator : Operator
{
    public override string Name => "MapValues";

    public override Step? Compile(DocumentNode value, PlanOptions step, PlanScope scope)
    {
        var paths = new List<JsonPath>();
        var tables = new List<Dictionary<string, int>>();
        var values = new List<Template>();
        foreach (var (path, node, place) in PlanPaths.Map(value, scope, PathKinds.Many))
        {
            if (node is not ObjectNode o)
            {
                place.WrongType(node, "a table such as { \"N\": \"new\", \"*\": \"unknown\" }");
                continue;
            }
            if (o.Members.Count == 0) place.Invalid("the table is empty", "Write what a value becomes, or leave the path out");
            var table = new Dictionary<string, int>(StringComparer.Ordinal);
            foreach (var member in o.Members)
            {
                table[member.Name] = values.Count;
                values.Add(TemplateCompiler.Value(member.Value, place.Key(member.Name, member.Value)));
            }
            paths.Add(path);
            tables.Add(table);
        }
        return paths.Count == 0 ? null : new MapStep(paths, tables, values) { Effects = StepEffect.All(EffectKind.Changes, paths) };
    }

    private sealed class MapStep(IReadOnlyList<JsonPath> paths, IReadOnlyList<Dictionary<string, int>> tables, IReadOnlyList<Template> values) : StreamingStep
    {
        private readonly PathState _root = PathAutomaton.Compile(paths);

        public override bool NeedsLengths => paths.Any(p => p.CountsFromEnd);

        public override Transformer Open(JsonSink next) => new MapTransformer(next, _root, tables, values);
    }

    private sealed class MapTransformer(JsonSink next, PathState root, IReadOnlyList<Dictionary<string, int>> tables, IReadOnlyList<Template> values)
        : ValueTransformer(next, root)
    {
        // Names of a table are short; a longer text may be looked up by a string of its own.
        private const int Short = 128;

        private readonly ResolvedValues _values = new(values);
        private readonly Dictionary<string, int>.AlternateLookup<ReadOnlySpan<char>>[] _tables =
            [.. tables.Select(t => t.GetAlternateLookup<ReadOnlySpan<char>>())];
        private readonly int[] _otherwise = [.. tables.Select(t => t.TryGetValue("*", out var place) ? place : -1)];

        public override void Begin(Execution execution)
        {
            base.Begin(execution);
            _values.Begin(execution);
        }

        protected override void OnScalar(int path, in JsonToken token)
        {
            if (!Find(path, in token, out var place)) place = _otherwise[path];
            if (place >= 0) _values[place].WriteTo(Output);
            else Output.Accept(in token);
        }

        private bool Find(int path, in JsonToken token, out int place)
        {
            if (token.Kind is JsonTokenKind.True or JsonTokenKind.False) return tables[path].TryGetValue(token.Kind == JsonTokenKind.True ? "true" : "false", out place);
            if (token.Escaped || token.Raw.Length > Short) return tables[path].TryGetValue(token.ReadString(), out place);
            Span<char> text = stackalloc char[Short];
            return _tables[path].TryGetValue(text[..Encoding.UTF8.GetChars(token.Raw, text)], out place);
        }

        protected override ValueAction OnContainer(int path, PathState state, in JsonToken token) =>
            state.IsEnd ? ValueAction.Pass : ValueAction.Descend;
    }
}
