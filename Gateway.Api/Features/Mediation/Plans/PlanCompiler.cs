using System.Security.Cryptography;
using Gateway.Configuration;
using Gateway.Features.Mediation.Values;

namespace Gateway.Features.Mediation.Plans;

/// <summary>Compiles <c>Mediation</c> sections. To compile is to validate: all problems are reported, not only the first.</summary>
internal static class PlanCompiler
{
    private static readonly string[] Keys = ["Use", "Request", "Response", "Errors"];

    /// <param name="node">The section.</param>
    /// <param name="path">Where it stands: <c>Routes[2].Mediation</c>.</param>
    /// <param name="problems">Where problems go.</param>
    /// <param name="services">What plans take from their surroundings.</param>
    /// <returns>The plan, or null after an error.</returns>
    public static MediationPlan? Compile(DocumentNode node, string path, ProblemList problems, PlanServices services)
    {
        var own = new ProblemList();
        var reads = new PlanReads();
        var scope = new PlanScope(own, node, path, MediationSide.Request, reads, services);
        MediationPlan? plan = null;
        if (PlanOptions.Read(node, scope, Keys) is { } options)
        {
            plan = new MediationPlan([Side(options, MediationSide.Request)], [Side(options, MediationSide.Response)], reads, Hash(node));
        }
        foreach (var problem in own) problems.Add(problem);
        return own.HasErrors ? null : plan;
    }

    private static PlanSide Side(PlanOptions options, MediationSide side) =>
        options.Find(side.ToString()) is { } node ? SideCompiler.Compile(node, options.At(side.ToString()).On(side)) : PlanSide.Empty;

    private static string Hash(DocumentNode node) => Convert.ToHexStringLower(SHA256.HashData(TemplateCompiler.Literal(node).ToUtf8()))[..16];
}
