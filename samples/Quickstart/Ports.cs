using System.Net;
using System.Net.Sockets;

namespace Samples.Quickstart;

/// <summary>Where each part listens, on this machine only.</summary>
internal sealed record Ports(int Gateway, int Management, int Identity, int Spa, int Cart1, int Cart2, int Payment, int MyPage)
{
    /// <summary>Those that ocelot.Development.json has for defaults.</summary>
    public static Ports Usual { get; } = new(8080, 8081, 8082, 8083, 8091, 8092, 8093, 8094);

    /// <summary>Ports that nobody has right now.</summary>
    public static Ports Free()
    {
        // All are held until all are known, so that no two are the same.
        var listeners = Enumerable.Range(0, 8).Select(_ => new TcpListener(IPAddress.Loopback, 0)).ToArray();
        foreach (var listener in listeners) listener.Start();
        var p = Array.ConvertAll(listeners, listener => ((IPEndPoint)listener.LocalEndpoint).Port);
        foreach (var listener in listeners) listener.Dispose();
        return new(p[0], p[1], p[2], p[3], p[4], p[5], p[6], p[7]);
    }

    /// <summary>Fails when somebody else has one of the ports, and names all that are taken.</summary>
    public void MustBeFree()
    {
        var taken = Named().Where(port => IsTaken(port.Number))
            .Select(port => $"{port.Number} ({port.Name}: choose another with --{port.Name}-port)");
        if (string.Join(", ", taken) is { Length: > 0 } list) throw new QuickstartException($"Ports that are taken already: {list}");
    }

    private IEnumerable<(string Name, int Number)> Named() =>
    [
        ("gateway", Gateway), ("management", Management), ("identity", Identity), ("spa", Spa),
        ("cart-1", Cart1), ("cart-2", Cart2), ("payment", Payment), ("mypage", MyPage),
    ];

    private static bool IsTaken(int port)
    {
        using var listener = new TcpListener(IPAddress.Loopback, port);
        try
        {
            listener.Start();
            return false;
        }
        catch (SocketException)
        {
            return true;
        }
    }
}
