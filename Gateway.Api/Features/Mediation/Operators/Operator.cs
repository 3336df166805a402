using Gateway.Configuration;
using Gateway.Features.Mediation.Plans;

namespace Gateway.Features.Mediation.Operators;

/// <summary>One word of the mediation language: how its value in a plan becomes a step.</summary>
internal abstract class Operator
{
    /// <summary>The name of the key, as documentation spells it.</summary>
    public abstract string Name { get; }

    /// <summary>Keys that may stand in the step beside this one, other than <c>If</c>.</summary>
    public virtual IReadOnlyList<string> Beside => [];

    /// <param name="value">The value of the key.</param>
    /// <param name="step">The step with its other keys.</param>
    /// <param name="scope">The place of the value; problems are reported here.</param>
    /// <returns>The step, or null after a problem.</returns>
    public abstract Step? Compile(DocumentNode value, PlanOptions step, PlanScope scope);
}
