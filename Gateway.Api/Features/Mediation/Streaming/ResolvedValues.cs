using Gateway.Features.Mediation.Json;
using Gateway.Features.Mediation.Plans;
using Gateway.Features.Mediation.Values;

namespace Gateway.Features.Mediation.Streaming;

/// <summary>The values of a step for one exchange: each is worked out once, unless it is to differ with every use (<c>{uuid}</c>).</summary>
internal sealed class ResolvedValues(IReadOnlyList<Template> templates)
{
    private readonly JsonValue?[] _values = new JsonValue?[templates.Count];
    private Execution? _execution;

    public JsonValue this[int place]
    {
        get
        {
            var template = templates[place];
            if (template.IsConstant) return template.Constant;
            if (template.IsFresh) return _execution!.Resolve(template);
            return _values[place] ??= _execution!.Resolve(template);
        }
    }

    public void Begin(Execution execution)
    {
        _execution = execution;
        Array.Clear(_values);
    }
}
