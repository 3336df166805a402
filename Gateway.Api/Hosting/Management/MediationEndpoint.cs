using System.Text;
using Gateway.Configuration;
using Gateway.Features.Mediation;
using Gateway.Features.Mediation.Http;
using Gateway.Features.Mediation.Plans;
using Gateway.Runtime;

namespace Gateway.Hosting.Management;

/// <summary>
/// <c>POST /mediate</c>: runs the plan of a route, or one that is sent along, on a body, as the command of that name does. Nothing is sent to
/// a service. Takes <c>application/json</c> alone, which no other site's page can send without being asked first.
/// </summary>
internal static class MediationEndpoint
{
    private const long MostBytes = 1 << 20;

    public static void Map(WebApplication app, IServiceProvider gateway, SnapshotHolder holder) => app.MapPost("/mediate", async (HttpContext http, Asked asked) =>
    {
        var problems = new ProblemList();
        if (PlanOf(asked, gateway, holder, problems) is not { } plan) return Unusable(problems, $"No route '{asked.Route}' has a Mediation section.");
        var side = asked.Side == "request" ? MediationSide.Request : MediationSide.Response;
        var node = Parsed(asked.Context ?? "{}", "context", problems) as ObjectNode;
        var scope = node is null ? null : new PlanScope(problems, node, "$", side, new PlanReads(), plan.Scope.Services);
        var context = scope is null ? null : DocumentContext.Read(node!, scope, gateway.GetRequiredService<TimeProvider>().GetUtcNow());
        if (context is null || problems.HasErrors) return Unusable(problems, "The context can't be used.");

        var trial = new MediationTrial(plan, side, context);
        try
        {
            var body = await trial.RunAsync(Encoding.UTF8.GetBytes(asked.Body), http.RequestAborted);
            return Json.Of(new { head = trial.Head(), body = Encoding.UTF8.GetString(body), refused = false });
        }
        catch (MediationFailure failure)
        {
            return Json.Of(new { head = "", body = trial.Problem(failure).ToString(), refused = true });
        }
    }).WithMetadata(new Microsoft.AspNetCore.Mvc.RequestSizeLimitAttribute(MostBytes));

    private static MediationPlan? PlanOf(Asked asked, IServiceProvider gateway, SnapshotHolder holder, ProblemList problems)
    {
        var factory = gateway.GetRequiredService<PayloadMediationFactory>();
        if (holder.Current is not { } snapshot) return null;
        // Read anew, so that the problems of the trial are its own.
        var document = OcelotDocument.Read(snapshot.Document.Root, gateway.GetRequiredService<SnapshotCompiler>().Catalog, new ProblemList());
        if (!string.IsNullOrWhiteSpace(asked.Plan))
        {
            var services = document.Routes.Select(factory.Plan).FirstOrDefault(p => p is not null)?.Scope.Services ?? new PlanServices { HashKey = new byte[32] };
            return Parsed(asked.Plan, "plan", problems) is { } node ? PlanCompiler.Compile(node, "$", problems, services, MediationProfiles.None) : null;
        }
        var section = document.Routes.Concat(document.DynamicRoutes).Concat(document.Aggregates).FirstOrDefault(s => s.Path == asked.Route || s.Key == asked.Route);
        return section is null ? null : factory.Plan(section);
    }

    private static DocumentNode? Parsed(string text, string name, ProblemList problems) => DocumentParser.Parse(Encoding.UTF8.GetBytes(text), name, problems);

    private static IResult Unusable(ProblemList problems, string otherwise) =>
        Json.Of(new { problems = problems.Count > 0 ? problems.Select(p => p.ToString()) : [otherwise] }, StatusCodes.Status422UnprocessableEntity);

    /// <param name="Route">The path of the route in the document, or its key.</param>
    /// <param name="Plan">A plan as JSON, in place of a route's.</param>
    /// <param name="Side"><c>request</c> or <c>response</c>.</param>
    /// <param name="Context">What else the plan may read, as JSON; see the <c>mediate</c> command.</param>
    internal sealed record Asked(string? Route, string? Plan, string Side, string Body, string? Context);
}
