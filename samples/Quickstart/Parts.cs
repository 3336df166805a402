using System.Globalization;

namespace Samples.Quickstart;

/// <summary>What the demo consists of, and what each part is told about the others.</summary>
internal static class Parts
{
    public static IReadOnlyList<Part> Of(Ports ports, string config, string carts)
    {
        var gateway = Summary.Local(ports.Gateway);
        var identity = Summary.Local(ports.Identity);
        var spa = Summary.Local(ports.Spa);
        return
        [
            Service("cart-1", "Cart", ports.Cart1, "--Store", carts),
            Service("cart-2", "Cart", ports.Cart2, "--Store", carts),
            Service("payment", "Payment", ports.Payment),
            Service("mypage", "MyPage", ports.MyPage),
            new("identity", "samples/Identity", Health(ports.Identity), ["--Issuer", identity, "--SpaOrigin", spa], Listening(identity)),
            new("spa", "samples/Spa", Health(ports.Spa), ["--Gateway", gateway, "--Identity", identity], Listening(spa)),
            new("gateway", "Gateway.Api", new($"{Summary.Loopback(ports.Management)}/health/ready"), ["run", "--config", config],
                new Dictionary<string, string>(Listening(gateway))
                {
                    ["Management__Urls"] = Summary.Loopback(ports.Management),
                    ["CART_1_PORT"] = Text(ports.Cart1),
                    ["CART_2_PORT"] = Text(ports.Cart2),
                    ["PAYMENT_PORT"] = Text(ports.Payment),
                    ["MYPAGE_PORT"] = Text(ports.MyPage),
                    ["IDENTITY_URL"] = identity,
                    ["SPA_ORIGIN"] = spa,
                }),
        ];
    }

    private static Part Service(string name, string project, int port, params string[] arguments) =>
        new(name, $"samples/Services/{project}", Health(port), ["--Instance", name, .. arguments], Listening(Summary.Loopback(port)));

    private static Uri Health(int port) => new($"{Summary.Loopback(port)}/health");

    private static Dictionary<string, string> Listening(string address) => new() { ["ASPNETCORE_URLS"] = address };

    private static string Text(int port) => port.ToString(CultureInfo.InvariantCulture);
}
