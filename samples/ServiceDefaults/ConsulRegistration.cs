using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Samples.ServiceDefaults;

/// <summary>
/// Keeps this instance in Consul for as long as it serves: registers when the server listens, again when the agent has forgotten it,
/// and takes it out before the server stops, so that no gateway is still sending when the port closes.
/// </summary>
internal sealed partial class ConsulRegistration(
    ConsulAgent agent, ConsulOptions options, Instance instance, IServer server, IHostApplicationLifetime lifetime, TimeProvider time,
    ILogger<ConsulRegistration> logger) : BackgroundService, IHostedLifecycleService
{
    private static readonly TimeSpan LookAgainAfter = TimeSpan.FromSeconds(3);

    /// <summary>What a watching gateway needs at most to hear that the instance is gone.</summary>
    private static readonly TimeSpan LeaveTime = TimeSpan.FromSeconds(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await ServerStartedAsync(stoppingToken);
        using var timer = new PeriodicTimer(LookAgainAfter, time);
        var reachable = true;
        do
        {
            try
            {
                if (!await agent.HasAsync(instance.Id, stoppingToken)) await RegisterAsync(stoppingToken);
                reachable = true;
            }
            catch (Exception e) when (e is HttpRequestException or SocketException or OperationCanceledException
                && !stoppingToken.IsCancellationRequested)
            {
                if (reachable) Log.AgentUnreachable(logger, options.Address!, e.Message);
                reachable = false;
            }
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    /// <summary>The host calls this before it stops the server.</summary>
    public async Task StoppingAsync(CancellationToken cancellationToken)
    {
        await StopAsync(cancellationToken);
        try
        {
            await agent.DeregisterAsync(instance.Id, cancellationToken);
            Log.Deregistered(logger, instance.Id);
            await Task.Delay(LeaveTime, time, cancellationToken);
        }
        catch (Exception e) when (e is HttpRequestException or OperationCanceledException)
        {
            // Consul's own check finds the instance gone, and drops it after DeregisterCriticalServiceAfter.
            Log.AgentUnreachable(logger, options.Address!, e.Message);
        }
    }

    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private async Task ServerStartedAsync(CancellationToken cancellation)
    {
        var started = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var whenStarted = lifetime.ApplicationStarted.Register(started.SetResult);
        await started.Task.WaitAsync(cancellation);
    }

    private async Task RegisterAsync(CancellationToken cancellation)
    {
        var listening = BindingAddress.Parse(server.Features.Get<IServerAddressesFeature>()!.Addresses.First());
        await WarmUpAsync(listening.Port, cancellation);
        var address = options.AdvertisedAddress ?? await AddressTowardsAgentAsync(cancellation);
        var health = new UriBuilder(Uri.UriSchemeHttp, address, listening.Port, HealthCheck.Path).Uri;
        var check = new ConsulCheck(health.ToString(), Interval: "2s", Timeout: "1s", DeregisterCriticalServiceAfter: "1m");
        await agent.RegisterAsync(new(instance.Id, instance.Service, address, listening.Port, check), cancellation);
        Log.Registered(logger, instance.Id, address, listening.Port);
    }

    private async Task WarmUpAsync(int port, CancellationToken cancellation)
    {
        using var http = new HttpClient();
        using var answer = await http.GetAsync(new Uri($"http://127.0.0.1:{port}{options.WarmUpPath}"), cancellation);
    }

    /// <summary>
    /// A container has several addresses or none that it could know by name; the one that faces the agent is the one to call.
    /// </summary>
    private async Task<string> AddressTowardsAgentAsync(CancellationToken cancellation)
    {
        using var socket = new Socket(SocketType.Dgram, ProtocolType.Udp);
        await socket.ConnectAsync(options.Address!.Host, options.Address.Port, cancellation);
        var local = ((IPEndPoint)socket.LocalEndPoint!).Address;
        return (local.IsIPv4MappedToIPv6 ? local.MapToIPv4() : local).ToString();
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Information, "Registered in Consul as {Id} at {Address}:{Port}")]
        public static partial void Registered(ILogger logger, string id, string address, int port);

        [LoggerMessage(2, LogLevel.Information, "Deregistered {Id} from Consul")]
        public static partial void Deregistered(ILogger logger, string id);

        [LoggerMessage(3, LogLevel.Warning, "Consul at {Address} can't be reached, going on without it: {Reason}")]
        public static partial void AgentUnreachable(ILogger logger, Uri address, string reason);
    }
}
