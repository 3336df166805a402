using Gateway.Pipeline;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;
using Microsoft.Extensions.Options;

namespace Gateway.Hosting;

/// <summary>
/// Whether requests run on the threads that wait for the network, instead of being handed from there to the pool of threads: less work for
/// each, as long as nothing in them blocks. A class of the host's own that waits for a task would hold up everybody else's connections, and
/// its own answer with them. Decided once, when the process starts: the platform can't change it later.
/// </summary>
internal sealed partial class InlineScheduling(IConfiguration configuration, IEnumerable<HostCode> hostCode, ILogger<InlineScheduling> logger)
    : IConfigureOptions<SocketTransportOptions>
{
    /// <summary>The host setting: <c>true</c>, <c>false</c>, or by default <c>auto</c>, which is true unless the host has registered classes of its own.</summary>
    public const string Setting = "Gateway:InlineScheduling";

    // The platform has no other way to be told, and looks once, when it opens its first socket.
    private const string SocketsVariable = "DOTNET_SYSTEM_NET_SOCKETS_INLINE_COMPLETIONS";

    public bool IsOn { get; } = bool.TryParse(configuration[Setting], out var wanted) ? wanted : !hostCode.Any();

    /// <summary>For the server's connections.</summary>
    public void Configure(SocketTransportOptions options) => options.UnsafePreferInlineScheduling = IsOn;

    /// <summary>For all sockets of the process; must come before the first of them. What the environment already says stays.</summary>
    public void ApplyToProcess()
    {
        if (IsOn && Environment.GetEnvironmentVariable(SocketsVariable) is null) Environment.SetEnvironmentVariable(SocketsVariable, "1");
        Log.Decided(logger, IsOn, Setting);
    }

    private static partial class Log
    {
        [LoggerMessage(640, LogLevel.Debug, "Requests run on the network's own threads: {IsInline} ({Setting})", EventName = nameof(Decided))]
        public static partial void Decided(ILogger logger, bool isInline, string setting);
    }
}
