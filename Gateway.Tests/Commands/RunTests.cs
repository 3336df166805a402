using Gateway.Tests.Configuration;

namespace Gateway.Tests.Commands;

public sealed class RunTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("run")]
    [InlineData]
    public async Task Ends_at_once_with_the_list_where_the_configuration_is_bad(params string[] command)
    {
        _folder.Write("ocelot.json", "{\n  \"Rutes\": [] }");

        var result = await Cli.RunAsync([.. command, "--config", _folder.Path, "--urls", "http://127.0.0.1:0", "--Management:Urls="]);

        Assert.Equal(1, result.ExitCode);
        Assert.Contains("ocelot.json:2:3: error unknown_key: Rutes", result.Errors, StringComparison.Ordinal);
        Assert.Contains("Did you mean 'Routes'?", result.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Takes_settings_of_the_command_line_over_those_of_the_file()
    {
        _folder.Write("ocelot.json", "{ \"Routes\": [] }");

        var result = await Cli.RunAsync("--config", _folder.Path, "--urls", "http://127.0.0.1:0", "--Management:Urls=", "--GlobalConfiguration:Timeout=never");

        Assert.Equal(1, result.ExitCode);
        Assert.Contains("command line --GlobalConfiguration:Timeout: error wrong_type", result.Errors, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("run", "--config")]
    [InlineData("check")]
    public async Task Ends_at_once_where_anybody_could_administer(params string[] command)
    {
        _folder.Write("ocelot.json", "{ \"Routes\": [],\n  \"Administration\": { \"Path\": \"/administration\" } }");

        var result = await Cli.RunAsync([.. command, _folder.Path]);

        Assert.Equal(1, result.ExitCode);
        Assert.Contains("ocelot.json:2:3: error missing: Administration:Secret", result.Errors + result.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Tells_how_healthy_a_gateway_is()
    {
        Assert.Equal(2, (await Cli.RunAsync("healthcheck", "no-url")).ExitCode);
        Assert.Equal(1, (await Cli.RunAsync("healthcheck", "http://127.0.0.1:1/health/live")).ExitCode);

        await using var gateway = await Support.TestGateway.StartAsync("{}");

        Assert.Equal(0, (await Cli.RunAsync("healthcheck", $"{gateway.Management.BaseAddress}health/live")).ExitCode);
    }
}
