using System.CommandLine;

namespace Samples.Quickstart;

/// <summary>The command line.</summary>
internal sealed class QuickstartCommand : RootCommand
{
    private const string Fixed = "fixed";
    private const string Random = "random";

    private readonly Option<DirectoryInfo?> _config = new("--config")
    {
        Description = "The folder with ocelot.json; by default the repository's own",
    };

    private readonly Option<string> _ports = new("--ports")
    {
        Description = "'random' takes free ports and prints the addresses and process ids as one line of JSON on standard output, "
            + "and all else on standard error",
        DefaultValueFactory = _ => Fixed,
    };

    private readonly Option<int> _gateway = Port("gateway", Ports.Usual.Gateway);
    private readonly Option<int> _management = Port("management", Ports.Usual.Management);
    private readonly Option<int> _identity = Port("identity", Ports.Usual.Identity);
    private readonly Option<int> _spa = Port("spa", Ports.Usual.Spa);
    private readonly Option<int> _cart1 = Port("cart-1", Ports.Usual.Cart1);
    private readonly Option<int> _cart2 = Port("cart-2", Ports.Usual.Cart2);
    private readonly Option<int> _payment = Port("payment", Ports.Usual.Payment);
    private readonly Option<int> _myPage = Port("mypage", Ports.Usual.MyPage);

    public QuickstartCommand()
        : base("Starts the gateway and all that it needs to be tried out, without Docker and without Consul, and stops it all on Ctrl+C.")
    {
        _ports.AcceptOnlyFromAmong(Fixed, Random);
        foreach (var option in new Option[] { _config, _ports, _gateway, _management, _identity, _spa, _cart1, _cart2, _payment, _myPage })
            Options.Add(option);
        SetAction(RunAsync);
    }

    private static Option<int> Port(string part, int usual) =>
        new($"--{part}-port") { Description = $"The port of {part}", DefaultValueFactory = _ => usual };

    private async Task<int> RunAsync(ParseResult line, CancellationToken stop)
    {
        var asJson = line.GetValue(_ports) == Random;
        var ports = asJson ? Ports.Free() : new Ports(
            line.GetValue(_gateway), line.GetValue(_management), line.GetValue(_identity), line.GetValue(_spa),
            line.GetValue(_cart1), line.GetValue(_cart2), line.GetValue(_payment), line.GetValue(_myPage));
        try
        {
            var place = Place.Find();
            using var carts = new TemporaryFolder("gateway-quickstart-");
            var parts = Parts.Of(ports, line.GetValue(_config)?.FullName ?? place.Root, carts.Path);
            var demo = new Demo(place, parts, asJson ? Console.Error : Console.Out);
            await demo.RunAsync(
                processes => Console.Out.WriteLine(asJson ? Summary.Json(ports, processes) : Summary.Text(ports)), ports, stop);
            return 0;
        }
        catch (QuickstartException e)
        {
            await Console.Error.WriteLineAsync($"\n{e.Message}");
            return 1;
        }
    }
}
