using Gateway.Runtime;

namespace Gateway.Hosting.Management;

/// <summary><c>/routes</c>: every entry in match order; <c>/routes/traffic</c>: what each has served; <c>/explain</c>: which takes a request.</summary>
internal static class RouteEndpoints
{
    public static void Map(WebApplication app, IServiceProvider gateway, SnapshotHolder holder, RouteViews views)
    {
        var reloader = gateway.GetRequiredService<SnapshotReloader>();
        app.MapGet("/routes", () => Json.Of(new { version = reloader.State.Version, routes = views.Current() }));
        app.MapGet("/routes/traffic", () => Json.Of(new
        {
            version = reloader.State.Version,
            routes = views.Current().Where(v => v.HasCircuit || v.Entry.Route.Traffic.Requests > 0).Select(Traffic),
        }));
        app.MapGet("/explain", async (HttpContext http, string? method, string? url) =>
        {
            if (url is null || DescribedRequest.Parse(method ?? "GET", url, Texts(http, "header")) is not { } request)
                return Json.Of(new { error = "Give url, a path that begins with '/' or a whole http or https URL; and, as they are needed, method, header=Name: value, claim=type=value." }, StatusCodes.Status400BadRequest);
            var snapshot = holder.Lease();
            if (snapshot is null) return Json.Of(new { error = "There is no configuration yet." }, StatusCodes.Status503ServiceUnavailable);
            try
            {
                var claims = DescribedRequest.Claims(http.Request.Query["claim"]);
                return Json.Of(Explanation(request, await RequestPreview.OfAsync(snapshot.Table, request.Route, request.Scheme, claims, gateway)));
            }
            finally
            {
                snapshot.Return();
            }
        });
    }

    private static IEnumerable<string> Texts(HttpContext http, string name) => http.Request.Query[name].OfType<string>();

    private static object Traffic(RouteView view)
    {
        var traffic = view.Entry.Route.Traffic;
        return new
        {
            path = view.Path,
            requests = traffic.Requests,
            clientErrors = traffic.ClientErrors,
            serverErrors = traffic.ServerErrors,
            p50 = traffic.Latencies?.Percentile(0.50),
            p95 = traffic.Latencies?.Percentile(0.95),
            p99 = traffic.Latencies?.Percentile(0.99),
            circuit = Circuit(view.Entry),
        };
    }

    private static string? Circuit(CompiledRoute entry) => entry.Parts.IsCircuitOpen?.Invoke() switch { true => "open", false => "closed", null => null };

    private static object Explanation(DescribedRequest request, RequestPreview preview)
    {
        var route = preview.Route;
        var source = route?.Parts.Source;
        var first = source?.Current is { Count: > 0 } list ? list[0] : null;
        return new
        {
            request = $"{request.Route.Method} {request.Scheme}://{request.Route.Host}{request.Route.Path}{request.Route.Query}",
            route = route is null ? null : new { path = route.Route.Path, name = route.Route.Name, template = route.Route.Template },
            values = preview.Values.ToDictionary(v => v.Name, v => v.Value, StringComparer.Ordinal),
            steps = route?.Parts.StepNames ?? [],
            status = preview.Status,
            answer = preview.Status == StatusCodes.Status401Unauthorized && preview.Answer.Length == 0 ? "the route asks for a token" : preview.Answer,
            method = preview.Method,
            downstream = preview.Target is null || source is null ? null
                : $"{route!.Parts.Scheme ?? first?.Scheme ?? request.Scheme}://{first?.Authority ?? $"({source.State.Service})"}{preview.Target}",
            headers = preview.Headers.Select(h => new { name = h.Name, value = h.Value }),
            destinations = source?.Current.Select(d => d.Authority) ?? [],
            verdicts = preview.Verdicts.Select(v => new
            {
                path = v.Definition.Route.Route.Path,
                template = v.Definition.Route.Route.Template,
                name = v.Definition.Route.Route.Name,
                outcome = v.Outcome.ToString(),
                reason = v.Reason,
            }),
        };
    }
}
