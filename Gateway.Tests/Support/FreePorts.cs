using System.Net;
using System.Net.Sockets;

namespace Gateway.Tests.Support;

/// <summary>
/// Ports for programs that can't choose one themselves. Free when asked for; who starts such a program must be ready to try again.
/// </summary>
internal static class FreePorts
{
    /// <summary>Different ports of the loopback interface that neither TCP nor UDP uses.</summary>
    public static int[] Take(int count)
    {
        var held = new List<(TcpListener Tcp, UdpClient Udp)>();
        try
        {
            while (held.Count < count)
            {
                var tcp = new TcpListener(IPAddress.Loopback, 0);
                tcp.Start();
                var endpoint = (IPEndPoint)tcp.LocalEndpoint;
                try
                {
                    held.Add((tcp, new UdpClient(endpoint)));
                }
                catch (SocketException)
                {
                    tcp.Dispose();
                }
            }
            return [.. held.Select(h => ((IPEndPoint)h.Tcp.LocalEndpoint).Port)];
        }
        finally
        {
            foreach (var (tcp, udp) in held)
            {
                tcp.Dispose();
                udp.Dispose();
            }
        }
    }
}
