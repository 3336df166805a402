using Gateway.Features.Mediation.Json;
using Gateway.Features.Mediation.Values;

namespace Gateway.Features.Mediation.Plans;

/// <summary>One mediation of one body: what its steps know, and what they change besides the body.</summary>
internal sealed class Execution(IMediationContext context, CancellationToken cancellation)
{
    private Dictionary<object, object>? _kept;

    public IMediationContext Context { get; } = context;

    public CancellationToken Cancellation { get; } = cancellation;

    /// <summary>What the steps made of the status and the headers.</summary>
    public MediationOutcome Outcome { get; } = new();

    /// <summary>What a step needs only once for a body; made when it is first asked for.</summary>
    public T Keep<T>(object owner, Func<T> make) where T : class
    {
        _kept ??= new Dictionary<object, object>(ReferenceEqualityComparer.Instance);
        if (_kept.TryGetValue(owner, out var kept)) return (T)kept;
        var made = make();
        _kept.Add(owner, made);
        return made;
    }

    public JsonValue Resolve(Template template) =>
        template.IsConstant ? template.Constant : template.Evaluate(new TemplateInput(Context, JsonLiteral.Null)) ?? JsonLiteral.Null;
}
