namespace Gateway.Features.Mediation.Plans;

/// <summary>One compiled step of a plan. Immutable; serves many bodies at once.</summary>
internal abstract class Step
{
    /// <summary>The step's operator: <c>Rename</c>.</summary>
    public string Operator { get; set; } = "";

    /// <summary>Where the step stands in its plan: <c>Response.Steps[1].Rename</c>.</summary>
    public string Name { get; set; } = "";

    /// <summary>What the step does to the body's shape; empty where the plan alone doesn't tell.</summary>
    public IReadOnlyList<StepEffect> Effects { get; set; } = [];

    /// <summary>Whether a step without effects leaves the body's shape as it is.</summary>
    public virtual bool KeepsShape => false;

    /// <summary>Whether the step keeps something of the body from its receiver, so that no body may pass around it (design §3).</summary>
    public virtual bool Hides => false;
}
