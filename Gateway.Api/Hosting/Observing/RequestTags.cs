using System.Diagnostics;
using Gateway.Pipeline;
using Microsoft.AspNetCore.Http.Features;

namespace Gateway.Hosting.Observing;

/// <summary>
/// Adds what only the gateway knows to the platform's own measurement and span of a request (HTTP semantic conventions). Values come from the
/// configuration and from fixed lists, never from the request, so that their number is bounded.
/// </summary>
internal static class RequestTags
{
    public const string Route = "gateway.route";
    public const string Destination = "gateway.destination";
    public const string RefusalCode = "gateway.refusal";
    public const string MediationPlan = "gateway.mediation.plan";

    /// <summary>Tags the measurement <c>http.server.request.duration</c>, where somebody takes it.</summary>
    public static void Measure(HttpContext http, Route? route, Refusal? refusal)
    {
        if (http.Features.Get<IHttpMetricsTagsFeature>()?.Tags is not { } tags) return;
        if (route is not null)
        {
            if (route.Template.Length > 0) tags.Add(new("http.route", route.Template));
            tags.Add(new(Route, route.Name));
            if (route.MediationPlan is { } plan) tags.Add(new(MediationPlan, plan));
        }
        if (refusal is not null) tags.Add(new(RefusalCode, refusal.Code));
    }

    /// <summary>Tags the request's span.</summary>
    public static void Trace(Activity activity, HttpContext http, Exchange? exchange, Refusal? refusal)
    {
        if (exchange is not null)
        {
            var route = exchange.Route;
            if (route.Template.Length > 0)
            {
                activity.DisplayName = $"{http.Request.Method} {route.Template}";
                activity.SetTag("http.route", route.Template);
            }
            activity.SetTag(Route, route.Name);
            if (exchange.Destination is { } destination) activity.SetTag(Destination, destination.Authority);
            if (route.MediationPlan is { } plan) activity.SetTag(MediationPlan, plan);
        }
        activity.SetTag("gateway.request_id", http.TraceIdentifier);
        if (refusal is null) return;
        activity.SetTag(RefusalCode, refusal.Code);
        if (http.Response.StatusCode >= StatusCodes.Status500InternalServerError) activity.SetStatus(ActivityStatusCode.Error, refusal.Title);
    }
}
