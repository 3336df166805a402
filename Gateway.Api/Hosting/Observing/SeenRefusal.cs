namespace Gateway.Hosting.Observing;

/// <summary>A request that the gateway answered by itself: what whoever asks about it needs to find it. No query, no header, no caller.</summary>
internal sealed record SeenRefusal(DateTimeOffset At, string Code, int Status, string Method, string Path, string? Route, string RequestId);
