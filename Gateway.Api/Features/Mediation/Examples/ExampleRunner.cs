using System.Text;
using Gateway.Configuration;
using Gateway.Features.Mediation.Http;
using Gateway.Features.Mediation.Json;
using Gateway.Features.Mediation.Plans;
using Gateway.Features.Mediation.Streaming;
using Gateway.Features.Mediation.Values;

namespace Gateway.Features.Mediation.Examples;

/// <summary>Runs the examples that a plan carries; one that fails is an error of the configuration (A32).</summary>
internal sealed class ExampleRunner(TimeProvider time)
{
    private static readonly string[] Keys = ["Name", "In", "Out", "Status", "Refused", "Context"];

    /// <summary>Runs the examples of the plan's own sides.</summary>
    public async Task RunAsync(MediationPlan plan, ProblemList problems, CancellationToken cancellation)
    {
        foreach (var side in Enum.GetValues<MediationSide>())
        {
            var own = plan.Layers(side)[^1];
            for (var i = 0; i < own.Variants.Count; i++)
            {
                if (own.Variants[i].Examples is not { } examples) continue;
                var scope = own.Variants[i].Scope.To(problems).Member("Examples", examples);
                for (var n = 0; n < examples.Items.Count; n++)
                    await RunAsync(plan, side, i, examples.Items[n], scope.Item(n, examples.Items[n]), cancellation);
            }
        }
    }

    private async Task RunAsync(MediationPlan plan, MediationSide side, int variant, DocumentNode node, PlanScope scope, CancellationToken cancellation)
    {
        if (PlanOptions.Read(node, scope, Keys) is not { } options) return;
        if (options.Find("In") is not { } input)
        {
            scope.Error(ProblemCodes.Missing, "In isn't there", "Write the body that goes in");
            return;
        }
        if (options.Find("Out") is null && options.Find("Refused") is null)
        {
            scope.Error(ProblemCodes.Missing, "neither Out nor Refused is there", "Write the body that comes out, or the status of the refusal");
            return;
        }
        var status = options.Integer("Status", least: 100);
        var refused = options.Integer("Refused", least: 400);
        if (DocumentContext.Read(options.Find("Context"), options.At("Context"), time.GetUtcNow()) is not { } context) return;

        var program = plan.Choose(side, context);
        if (program?.From is { } format && (options.Find("Context") as ObjectNode)?.Find("contentType") is null)
        {
            context = DocumentContext.Read(options.Find("Context"), options.At("Context"), time.GetUtcNow(), format.Types[0].Text)!;
            program = plan.Choose(side, context);
        }
        if (plan.Layers(side)[^1].Choose(context) != variant)
        {
            scope.Error(ProblemCodes.Conflict, "the When of this variant doesn't fit the example's Context", "Put what When asks for into Context");
            return;
        }

        var body = Bytes(input, isText: program?.From is not null);
        try
        {
            var (output, outcome) = program is null ? (body, new MediationOutcome()) : await BodyRunner.RunAsync(program, body, context, cancellation);
            if (refused is not null) Failed(scope, $"was to be refused with {refused}, and is mediated");
            else Compare(options, output, isText: program?.To is not null && !outcome.IsUntouched, scope);
            var actual = outcome.Status ?? context.Status;
            if (status is not null && side == MediationSide.Response && actual != status) Failed(scope, $"the status is {actual}, and was to be {status}");
        }
        catch (MediationFailure failure)
        {
            var actual = MediationRefusals.Of(failure.Fault, side).Status;
            if (refused is null) Failed(scope, $"is refused with {actual} at step '{failure.Step}', value '{failure.Pointer}': {failure.Message}");
            else if (refused != actual) Failed(scope, $"is refused with {actual}, and was to be with {refused}");
        }
    }

    private static byte[] Bytes(DocumentNode node, bool isText) =>
        isText && node is ScalarNode { Scalar: ScalarKind.String } text ? Encoding.UTF8.GetBytes(text.Text) : TemplateCompiler.Literal(node).ToUtf8();

    private static void Compare(PlanOptions options, byte[] output, bool isText, PlanScope scope)
    {
        var node = options.Find("Out")!;
        if (isText && node is ScalarNode { Scalar: ScalarKind.String } text)
        {
            var actual = Encoding.UTF8.GetString(output);
            if (actual == text.Text) return;
            var at = actual.Zip(text.Text).TakeWhile(p => p.First == p.Second).Count();
            Failed(scope, $"the body differs from Out at character {at + 1}");
            return;
        }
        if (!JsonParser.TryParse(output, out var value)) Failed(scope, "the body that comes out isn't JSON");
        else if (JsonComparison.FirstDifference(TemplateCompiler.Literal(node), value) is { } pointer)
            Failed(scope, $"the body differs from Out at '{pointer}'");
    }

    private static void Failed(PlanScope scope, string message) =>
        scope.Error("example_failed", message, "Correct the example or the steps; the mediate command shows what comes out");
}
