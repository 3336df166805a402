namespace Gateway.Forwarding;

/// <summary>What forwarding needs in DI.</summary>
internal static class ForwardingServices
{
    public static IServiceCollection AddForwarding(this IServiceCollection services)
    {
        services.AddHttpForwarder();
        services.AddSingleton<ForwardingEngine>();
        // The engine logs each request with its whole URL, whose query may carry what no log should keep. A host's own rule for it wins.
        return services.Configure<LoggerFilterOptions>(o => o.Rules.Insert(0, new LoggerFilterRule(null, "Yarp.ReverseProxy.Forwarder", LogLevel.Error, null)));
    }
}
