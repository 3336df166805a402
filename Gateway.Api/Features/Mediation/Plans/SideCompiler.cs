using Gateway.Configuration;

namespace Gateway.Features.Mediation.Plans;

/// <summary>Compiles one side of a plan: an object, or an array of variants.</summary>
internal static class SideCompiler
{
    private static readonly string[] RequestKeys = ["When", "Accept", "MaxBytes", "Steps", "Examples"];
    private static readonly string[] ResponseKeys = ["When", "MaxBytes", "AllowOtherTypes", "OnError", "Steps", "Examples"];

    private enum OnError
    {
        Refuse,
        PassThrough,
    }

    public static PlanSide Compile(DocumentNode node, PlanScope scope)
    {
        if (node is not ArrayNode list) return Variant(node, scope) is { } only ? new PlanSide([only]) : PlanSide.Empty;

        var variants = new List<PlanVariant>();
        for (var i = 0; i < list.Items.Count; i++)
        {
            if (variants.Count > 0 && variants[^1].When is null)
                scope.Item(i, list.Items[i]).Error(ProblemCodes.Unreachable, "a variant without When stands before this one and always fits",
                    "Move the variant without When to the end");
            if (Variant(list.Items[i], scope.Item(i, list.Items[i])) is { } variant) variants.Add(variant);
        }
        return new PlanSide(variants);
    }

    private static PlanVariant? Variant(DocumentNode node, PlanScope scope)
    {
        if (PlanOptions.Read(node, scope, scope.Side == MediationSide.Request ? RequestKeys : ResponseKeys) is not { } options) return null;

        var when = options.Find("When") is { } condition ? WhenCompiler.Compile(condition, options.At("When")) : null;
        var steps = options.Find("Steps") is { } list ? StepCompiler.List(list, options.At("Steps")) : [];
        FormatStep.CheckPlaces(steps, isInner: false, options.At("Steps"));
        if (options.Find("Examples") is { } examples and not ArrayNode) options.At("Examples").WrongType(examples, "a list of examples");
        var variant = new PlanVariant
        {
            Scope = scope.At(node),
            When = when is { IsEmpty: true } ? null : when,
            Steps = steps,
            Accept = options.Find("Accept") is null ? null : WhenCompiler.MediaRanges(options, "Accept"),
            AllowOtherTypes = WhenCompiler.MediaRanges(options, "AllowOtherTypes"),
            MaxBytes = options.Integer("MaxBytes", least: 1),
            PassThroughOnError = options.Choice("OnError", OnError.Refuse) == OnError.PassThrough,
            Examples = options.Find("Examples") as ArrayNode,
        };
        if (variant.PassThroughOnError && steps.FirstOrDefault(s => s.Hides) is { } hiding)
            options.At("OnError").Error(ProblemCodes.Conflict, $"PassThrough would send what {hiding.Name} hides", "Leave OnError out");
        return variant;
    }
}
