namespace Gateway.Features.Security;

/// <summary>
/// From which addresses a route may be called (contract 06 §6). A route that lists any address goes by its own section alone; any other by
/// the global one as a whole.
/// </summary>
internal sealed record SecurityOptions
{
    /// <summary>Addresses and ranges that may call. Default, and with no entries: all.</summary>
    public IReadOnlyList<string>? IPAllowedList { get; init; }

    /// <summary>Addresses and ranges that may not. Asked first. Default none.</summary>
    public IReadOnlyList<string>? IPBlockedList { get; init; }

    /// <summary>True: an address on both lists may call. Default false.</summary>
    public bool? ExcludeAllowedFromBlocked { get; init; }
}
