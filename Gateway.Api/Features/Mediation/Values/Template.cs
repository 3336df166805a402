using Gateway.Features.Mediation.Json;

namespace Gateway.Features.Mediation.Values;

/// <summary>A value of a plan: a JSON value whose texts may hold placeholders and, where the operator allows it, paths into the body.</summary>
internal abstract class Template
{
    /// <summary>Whether it is the same value for every body.</summary>
    public virtual bool IsConstant => false;

    /// <summary>Whether its value may change from one use to the next, within one exchange.</summary>
    public virtual bool IsFresh => false;

    public virtual JsonValue Constant => throw new InvalidOperationException("The value depends on the exchange.");

    /// <returns>The value, or null when it is a path that matches nothing.</returns>
    public abstract JsonValue? Evaluate(in TemplateInput input);
}
