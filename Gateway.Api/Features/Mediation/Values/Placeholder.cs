namespace Gateway.Features.Mediation.Values;

/// <summary>A name in braces, for which a value of the exchange is put.</summary>
internal abstract class Placeholder
{
    /// <summary>Whether every use gives another value.</summary>
    public virtual bool IsFresh => false;

    /// <returns>The value as text, or null when there is none.</returns>
    public abstract string? Read(in TemplateInput input);
}
