using System.Net;
using System.Security.Cryptography;
using System.Text;

namespace Gateway.Features.RateLimiting;

/// <summary>What a client is known by.</summary>
internal enum ClientKind
{
    /// <summary>All clients of a route together.</summary>
    Everyone,

    /// <summary>What the client, or its token, says.</summary>
    Named,

    /// <summary>The address it connects from.</summary>
    Address,
}

/// <summary>Who is counted. A name that looks like an address is not that address.</summary>
internal readonly record struct Client(ClientKind Kind, string Id)
{
    // A counter must not grow with what a client cares to send.
    private const int LongestId = 128;

    public static readonly Client Everyone = new(ClientKind.Everyone, "");

    public static Client Named(string id) =>
        new(ClientKind.Named, id.Length <= LongestId ? id : Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(id))));

    /// <summary>An IPv4 address is the same client on an IPv4 and on a dual-stack listener.</summary>
    public static Client At(IPAddress? address) =>
        new(ClientKind.Address, (address is { IsIPv4MappedToIPv6: true } ? address.MapToIPv4() : address)?.ToString() ?? "");

    public override string ToString() => $"{Kind}:{Id}";
}
