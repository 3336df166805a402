using Gateway.Configuration;
using Gateway.Pipeline;

namespace Gateway.Features.HealthChecks;

/// <summary>
/// Checks the written hosts of the routes that ask for it. Where a registry lists the instances, its own checks count. Stands behind what
/// decides on certificates, because a check connects as the route does.
/// </summary>
internal sealed class HealthCheckFeature(TimeProvider time, ILoggerFactory loggers) : IRouteFeature
{
    private static readonly SectionKey<HealthCheckOptions?> HealthCheck =
        new("HealthCheck", Levels.Route | Levels.Global, Combination.FieldByField);

    public IReadOnlyList<SectionKey> Keys { get; } = [HealthCheck];

    public void Compile(RouteSection section, RouteBuilder route)
    {
        if (section.Level != Levels.Route || section.Read(HealthCheck) is not { } options) return;
        if (route.Service is not null)
        {
            if (section.Has(HealthCheck))
                section.Warning("HealthCheck", $"has no effect, because '{route.Service}' comes from a registry, whose own checks count",
                    "Remove it", ProblemCodes.Conflict);
            return;
        }
        if (Rules(section, options) is not { } rules || route.Source is not { } hosts) return;

        var target = new ProbeTarget(route.Scheme ?? "http", options.Path, route.Transport);
        route.Source = route.Snapshot.Share($"{hosts.State.Service} {rules} {target}",
            () => new CheckedSource(hosts, new Probe(target, rules.Timeout), rules, time, loggers.CreateLogger<CheckedSource>()));
    }

    private static HealthRules? Rules(RouteSection section, HealthCheckOptions options)
    {
        var isSound = true;
        if (options.Path is { } path && !(path.StartsWith('/') && Uri.TryCreate(path, UriKind.Relative, out _)))
        {
            section.Error("HealthCheck.Path", $"must be a path, was \"{path}\"", "Begin it with \"/\"");
            isSound = false;
        }
        var interval = Positive("Interval", options.Interval, 10_000);
        var timeout = Positive("Timeout", options.Timeout, 2_000);
        var unhealthy = Positive("Unhealthy", options.Unhealthy, 3);
        var healthy = Positive("Healthy", options.Healthy, 2);
        return isSound
            ? new HealthRules(TimeSpan.FromMilliseconds(interval), TimeSpan.FromMilliseconds(timeout), unhealthy, healthy)
            : null;

        int Positive(string key, int? value, int otherwise)
        {
            if (value is null or > 0) return value ?? otherwise;
            section.Error($"HealthCheck.{key}", $"must be positive, was {value}", $"Leave it out for {otherwise}");
            isSound = false;
            return otherwise;
        }
    }
}
