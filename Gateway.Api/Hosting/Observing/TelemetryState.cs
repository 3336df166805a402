namespace Gateway.Hosting.Observing;

/// <summary>What of telemetry is switched on, found out once at start.</summary>
/// <param name="IsMeasuring">Whether anybody takes measurements: the management listener, or a collector.</param>
/// <param name="IsTracing">Whether spans go to a collector.</param>
internal sealed record TelemetryState(bool IsMeasuring, bool IsTracing);
