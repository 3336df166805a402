using Gateway.Pipeline;

namespace Gateway.Runtime;

/// <summary>What holds for the whole gateway under one configuration.</summary>
/// <param name="MethodNotAllowed">Answer 405 with <c>Allow</c> where only the verb doesn't fit (contract 00).</param>
/// <param name="Refusals">How the gateway's own answers look.</param>
/// <param name="Routes">How many entries it serves.</param>
/// <param name="AccessLog">Whether and how each request is logged.</param>
internal sealed record SnapshotSettings(bool MethodNotAllowed, RefusalStyle Refusals, int Routes, AccessLogFormat AccessLog);
