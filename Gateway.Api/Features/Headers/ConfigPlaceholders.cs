namespace Gateway.Features.Headers;

/// <summary>Registered where a program wants <c>{Some:Key}</c> to stand for that key of the host's configuration.</summary>
internal sealed class ConfigPlaceholders;
