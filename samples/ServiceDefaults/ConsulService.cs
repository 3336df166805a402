namespace Samples.ServiceDefaults;

/// <summary>The body of <c>PUT /v1/agent/service/register</c>.</summary>
internal sealed record ConsulService(string ID, string Name, string Address, int Port, ConsulCheck Check);
