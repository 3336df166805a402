using static Gateway.Tests.Configuration.Loading;

namespace Gateway.Tests.Configuration;

public sealed class FileLayoutTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("Production", "ocelot.json")]
    [InlineData("Development", "ocelot.json ocelot.Development.json")]
    [InlineData("development", "ocelot.json ocelot.Development.json")]
    [InlineData("dev", "ocelot.json ocelot.dev.json")]
    public void Reads_the_base_and_the_environments_overlay(string environment, string expected)
    {
        Write("ocelot.json", "ocelot.Development.json", "ocelot.dev.json", "ocelot.orders.json", "appsettings.json");

        Assert.Equal(expected, Read(environment));
    }

    [Theory]
    [InlineData("Production", "OCELOT.Z.JSON ocelot.Dev.json ocelot.a.b.json ocelot.global.json ocelot.orders.json")]
    [InlineData("Dev", "OCELOT.Z.JSON ocelot.a.b.json ocelot.global.json ocelot.orders.json ocelot.Dev.json")]
    [InlineData("Staging", "OCELOT.Z.JSON ocelot.Dev.json ocelot.a.b.json ocelot.global.json ocelot.orders.json ocelot.Staging.json ocelot.orders.staging.json")]
    public void Reads_parts_in_the_order_of_their_names_and_overlays_last_where_there_is_no_base(string environment, string expected)
    {
        Write("ocelot.orders.json", "ocelot.a.b.json", "ocelot.global.json", "OCELOT.Z.JSON", "ocelot.Dev.json",
            "ocelot.Staging.json", "ocelot.orders.staging.json", "ocelot.QA.json", "ocelot..json.bak", "notocelot.x.json");

        Assert.Equal(expected, Read(environment));
    }

    [Fact]
    public void Names_the_parts_of_other_environments_that_are_left_out()
    {
        Write("ocelot.a.json", "ocelot.Staging.json", "ocelot.a.uat.json");

        var note = Assert.Single(Good(Files(_folder.Path)).Notes);

        Assert.Equal("The environment is Production, so these are not read: ocelot.Staging.json, ocelot.a.uat.json", note);
    }

    [Fact]
    public void Names_the_parts_that_a_base_makes_idle()
    {
        Write("ocelot.json", "ocelot.orders.json", "ocelot.Staging.json");

        Assert.Equal("ocelot.json is there, so these are not read: ocelot.orders.json", Assert.Single(Good(Files(_folder.Path)).Notes));
    }

    [Fact]
    public void Takes_a_named_file_and_the_overlay_beside_it()
    {
        Write("gateway.json", "gateway.Staging.json", "ocelot.json");

        var loaded = Good(Files(_folder["gateway.json"], "Staging"));

        Assert.Equal([_folder["gateway.json"], _folder["gateway.Staging.json"]], loaded.Files);
    }

    [Fact]
    public void Says_what_is_missing()
    {
        var empty = Assert.Single(Problems(Files(_folder.Path)));
        Assert.Contains("no ocelot.json here", empty.Message, StringComparison.Ordinal);

        var absent = Assert.Single(Problems(Files(_folder["no.json"])));
        Assert.Equal("there is no such file or folder", absent.Message);

        Write("ocelot.Staging.json");
        var other = Assert.Single(Problems(Files(_folder.Path)));
        Assert.Contains("only ocelot.Staging.json", other.Message, StringComparison.Ordinal);
    }

    private void Write(params string[] names)
    {
        foreach (var name in names) _folder.Write(name, "{}");
    }

    private string Read(string environment) => string.Join(' ', Good(Files(_folder.Path, environment)).Files.Select(Path.GetFileName));
}
