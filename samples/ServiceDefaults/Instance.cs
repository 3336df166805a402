using Microsoft.Extensions.Configuration;

namespace Samples.ServiceDefaults;

/// <summary>One running copy of a service.</summary>
/// <param name="Service">The service's name, as routes and Consul know it.</param>
/// <param name="Id">
/// The copy's own name, different for each: <c>Instance</c> from the configuration, else service, machine and process.
/// </param>
public sealed record Instance(string Service, string Id)
{
    internal static Instance Of(string service, IConfiguration configuration) =>
        new(service, configuration["Instance"] ?? $"{service}-{Environment.MachineName}-{Environment.ProcessId}");
}
