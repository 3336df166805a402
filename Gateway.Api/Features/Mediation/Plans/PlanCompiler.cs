using System.Security.Cryptography;
using Gateway.Configuration;
using Gateway.Features.Mediation.Values;

namespace Gateway.Features.Mediation.Plans;

/// <summary>Compiles <c>Mediation</c> sections. To compile is to validate: all problems are reported, not only the first.</summary>
internal static class PlanCompiler
{
    private static readonly string[] PlanKeys = ["Use", "Request", "Response", "Errors"];
    private static readonly string[] ProfileKeys = ["Request", "Response", "Errors"];

    /// <param name="node">The section.</param>
    /// <param name="path">Where it stands: <c>Routes[2].Mediation</c>.</param>
    /// <param name="problems">Where problems go.</param>
    /// <param name="services">What plans take from their surroundings.</param>
    /// <param name="profiles">What <c>Use</c> may name.</param>
    /// <returns>The plan, or null after an error.</returns>
    public static MediationPlan? Compile(DocumentNode node, string path, ProblemList problems, PlanServices services, MediationProfiles profiles)
    {
        var own = new ProblemList();
        var reads = new PlanReads();
        var scope = new PlanScope(own, node, path, MediationSide.Request, reads, services);
        var layers = new List<Layer>();
        var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        if (PlanOptions.Read(node, scope, PlanKeys) is { } options)
        {
            foreach (var (profile, place) in Used(options, profiles, own, reads, services))
            {
                hash.AppendData(TemplateCompiler.Literal(profile).ToUtf8());
                if (PlanOptions.Read(profile, place, ProfileKeys) is { } sides) layers.Add(Layer.Compile(sides));
            }
            layers.Add(Layer.Compile(options));
            CheckFormats(layers);
        }
        hash.AppendData(TemplateCompiler.Literal(node).ToUtf8());
        foreach (var problem in own) problems.Add(problem);
        if (own.HasErrors) return null;
        return new MediationPlan([.. layers.Select(l => l.Request)], [.. layers.Select(l => l.Response)],
            layers.LastOrDefault(l => l.Errors is not null)?.Errors, reads, Convert.ToHexStringLower(hash.GetHashAndReset())[..16], scope);
    }

    /// <summary>Compiles each profile by itself, so that a mistake is found in one that no route uses, too.</summary>
    public static void CheckProfiles(MediationProfiles profiles, ProblemList problems, PlanServices services)
    {
        foreach (var member in profiles.Node?.Members ?? [])
        {
            var scope = ProfileScope(member, profiles, problems, new PlanReads(), services);
            if (PlanOptions.Read(member.Value, scope, ProfileKeys) is { } sides) Layer.Compile(sides);
        }
    }

    private static IEnumerable<(DocumentNode Node, PlanScope Scope)> Used(PlanOptions options, MediationProfiles profiles, ProblemList problems, PlanReads reads, PlanServices services)
    {
        var names = options.Texts("Use");
        foreach (var (i, name) in names.Index())
        {
            var use = options.Find("Use") is ArrayNode list && list.Items.Count == names.Count ? options.At("Use").Item(i, list.Items[i]) : options.At("Use");
            if (names.Take(i).Contains(name, StringComparer.OrdinalIgnoreCase))
                use.Error(ProblemCodes.Duplicate, $"the profile '{name}' is used twice", "Name it once");
            else if (profiles.Find(name) is { } member) yield return (member.Value, ProfileScope(member, profiles, problems, reads, services));
            else
            {
                var near = Spelling.Nearest(name, profiles.Names);
                use.Error(ProblemCodes.UnknownReference, $"there is no profile '{name}'",
                    near is not null ? $"Did you mean '{near}'?" : profiles.Names.Any() ? $"There are {string.Join(", ", profiles.Names)}" : "Define it in GlobalConfiguration.Mediation.Profiles");
            }
        }
    }

    private static PlanScope ProfileScope(Member member, MediationProfiles profiles, ProblemList problems, PlanReads reads, PlanServices services)
    {
        // Steps of a profile are named from "Profiles" on.
        var parent = profiles.Path[..Math.Max(0, profiles.Path.LastIndexOf('.'))];
        return new PlanScope(problems, member.Value, parent, MediationSide.Request, reads, services)
            .Member(profiles.Path[Math.Min(profiles.Path.Length, parent.Length + 1)..], member.Value).Key(member.Name, member.Value);
    }

    // Reading another format comes before, and writing one after, the steps of all layers.
    private static void CheckFormats(List<Layer> layers)
    {
        foreach (var side in (Func<Layer, PlanSide>[])[l => l.Request, l => l.Response])
        {
            for (var i = 0; i < layers.Count; i++)
            {
                foreach (var variant in side(layers[i]).Variants)
                {
                    if (variant.Steps is [FormatStep { From: not null }, ..] && layers.Take(i).Any(l => side(l).Variants.Any(v => v.Steps.Count > 0)))
                        variant.Scope.Invalid("reads another format, behind the steps of a profile that need JSON", "Use a profile that does the reading, as the first");
                    if (variant.Steps is [.., FormatStep { To: not null }] && layers.Skip(i + 1).Any(l => side(l).Variants.Any(v => v.Steps.Count > 0)))
                        variant.Scope.Invalid("writes another format, before other steps that need JSON", "Use the profile that does the writing as the last, without own steps");
                }
            }
        }
    }

    private sealed record Layer(PlanSide Request, PlanSide Response, ErrorPlan? Errors)
    {
        public static Layer Compile(PlanOptions options) => new(
            Side(options, MediationSide.Request),
            Side(options, MediationSide.Response),
            options.Find("Errors") is { } errors ? ErrorPlanCompiler.Compile(errors, options.At("Errors").On(MediationSide.Response)) : null);

        private static PlanSide Side(PlanOptions options, MediationSide side) =>
            options.Find(side.ToString()) is { } node ? SideCompiler.Compile(node, options.At(side.ToString()).On(side)) : PlanSide.Empty;
    }
}
