using Gateway.Configuration;
using Gateway.Features.Mediation.Examples;
using Gateway.Features.Mediation.Http;

namespace Gateway.Commands;

/// <summary>Runs the examples that mediation plans carry: a configuration whose own tests fail isn't good.</summary>
internal static class MediationExamples
{
    public static async Task LookAsync(Inspection inspection, OcelotDocument document)
    {
        var factory = inspection.Services.GetRequiredService<PayloadMediationFactory>();
        var runner = new ExampleRunner(inspection.Services.GetRequiredService<TimeProvider>());
        foreach (var section in document.Routes.Concat(document.DynamicRoutes).Concat(document.Aggregates))
            if (factory.Plan(section) is { } plan) await runner.RunAsync(plan, inspection.Problems, CancellationToken.None);
    }
}
