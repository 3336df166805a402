using System.Net;

namespace Gateway.Features.Security;

/// <summary>The two lists of a section.</summary>
/// <param name="Allowed">Null: everybody.</param>
/// <param name="AllowedFirst">Whether an address on both lists may call.</param>
internal sealed record AddressPolicy(AddressSet? Allowed, AddressSet Blocked, bool AllowedFirst)
{
    /// <param name="address">Null where the connection has none: nobody can say then that it is on a list.</param>
    public bool Allows(IPAddress? address)
    {
        if (address is null) return Allowed is null;
        var isAllowed = Allowed is null || Allowed.Contains(address);
        if (!isAllowed) return false;
        return (AllowedFirst && Allowed is not null) || !Blocked.Contains(address);
    }
}
