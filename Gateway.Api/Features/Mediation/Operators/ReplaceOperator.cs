using System.Text;
using System.Text.RegularExpressions;
using Gateway.Configuration;
using Gateway.Features.Mediation.Json;
using Gateway.Features.Mediation.Paths;
using Gateway.Features.Mediation.Plans;
using Gateway.Features.Mediation.Streaming;
using Gateway.Features.Mediation.Values;

namespace Gateway.Features.Mediation.Operators;

/// <summary>
/// Finds and replaces inside texts.
/// <code>{ "Replace": { "..href": { "Find": "http://catalog.internal", "With": "{baseUrl}/api", "Regex": false } } }</code>
/// Streams. Every occurrence is replaced, from left to right, without looking again at what was put in; with <c>Regex</c>, <c>With</c> may
/// use <c>$1</c> and <c>$$</c> (A20). A value that isn't a text fails the body (A06).
/// </summary>
internal sealed class ReplaceOperator : Operator
{
    public override string Name => "Replace";

    public override Step? Compile(DocumentNode value, PlanOptions step, PlanScope scope)
    {
        var paths = new List<JsonPath>();
        var rules = new List<Rule>();
        foreach (var (path, node, place) in PlanPaths.Map(value, scope, PathKinds.Many | PathKinds.AnyDepth))
        {
            if (CompileRule(node, place) is not { } rule) continue;
            paths.Add(path);
            rules.Add(rule);
        }
        return paths.Count == 0 ? null : new ReplaceStep(paths, rules) { Effects = StepEffect.All(EffectKind.Changes, paths) };
    }

    private static Rule? CompileRule(DocumentNode node, PlanScope scope)
    {
        if (PlanOptions.Read(node, scope, "Find", "With", "Regex") is not { } options) return null;
        var find = options.Text("Find");
        if (string.IsNullOrEmpty(find))
        {
            if (find is not null || options.Find("Find") is null) scope.Error(ProblemCodes.Missing, "Find isn't there, or empty", "Write the text to look for");
            return null;
        }
        if (options.Find("With") is null) scope.Error(ProblemCodes.Missing, "With isn't there", "Write the text to put in its place; \"\" deletes it");
        var with = TextTemplateParser.Parse(options.Text("With") ?? "", options.At("With"), fields: false);
        if (!options.Boolean("Regex", otherwise: false)) return new Rule(find, null, with);
        try
        {
            return new Rule(find, new Regex(find, RegexOptions.NonBacktracking | RegexOptions.CultureInvariant), with);
        }
        catch (Exception e) when (e is ArgumentException or NotSupportedException)
        {
            options.At("Find").Invalid($"the expression can't be used: {e.Message}", "Expressions are .NET's, without look-around, back-references and atomic groups");
            return null;
        }
    }

    private sealed record Rule(string Find, Regex? Regex, Template With);

    private sealed class ReplaceStep(IReadOnlyList<JsonPath> paths, IReadOnlyList<Rule> rules) : StreamingStep
    {
        private readonly PathState _root = PathAutomaton.Compile(paths);

        public override bool NeedsLengths => paths.Any(p => p.CountsFromEnd);

        public override Transformer Open(JsonSink next) => new ReplaceTransformer(next, _root, rules);
    }

    private sealed class ReplaceTransformer(JsonSink next, PathState root, IReadOnlyList<Rule> rules) : ValueTransformer(next, root)
    {
        private readonly byte[][] _find = [.. rules.Select(r => Encoding.UTF8.GetBytes(r.Find))];
        private readonly string?[] _with = new string?[rules.Count];
        private Execution? _execution;

        public override void Begin(Execution execution)
        {
            base.Begin(execution);
            _execution = execution;
            Array.Clear(_with);
        }

        protected override void OnScalar(int path, in JsonToken token)
        {
            if (token.Kind != JsonTokenKind.Text) throw Failure("A value in which to replace isn't a text");
            var rule = rules[path];
            if (rule.Regex is null && !token.Escaped && token.Raw.IndexOf(_find[path]) < 0)
            {
                Output.Accept(in token);
                return;
            }
            var text = token.ReadString();
            var changed = rule.Regex?.Replace(text, With(path)) ?? text.Replace(rule.Find, With(path), StringComparison.Ordinal);
            if (changed == text) Output.Accept(in token);
            else new JsonText(changed).WriteTo(Output);
        }

        protected override ValueAction OnContainer(int path, PathState state, in JsonToken token) =>
            throw Failure("A value in which to replace isn't a text");

        private string With(int path)
        {
            if (_with[path] is { } known) return known;
            var rule = rules[path];
            var input = new TemplateInput(_execution!.Context, JsonLiteral.Null);
            // What a placeholder brings isn't part of the pattern.
            Func<string, string> change = rule.Regex is null ? v => v : v => v.Replace("$", "$$", StringComparison.Ordinal);
            var text = rule.With is TextTemplate template ? template.Write(in input, change) : rule.With.Constant.AsScalarText!;
            return rule.With.IsFresh ? text : _with[path] = text;
        }
    }
}
