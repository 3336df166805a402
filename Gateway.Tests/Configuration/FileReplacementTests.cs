using System.Text;
using Gateway.Configuration;
using static Gateway.Tests.Configuration.Loading;

namespace Gateway.Tests.Configuration;

/// <summary>What the administration writes to files.</summary>
public sealed class FileReplacementTests : IDisposable
{
    private readonly TempFolder _folder = new();

    private static CancellationToken Stopping => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Puts_the_text_in_the_files_place_and_leaves_nothing_else()
    {
        _folder.Write("ocelot.json", "{}");
        if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(_folder["ocelot.json"], UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead);

        await Files(_folder.Path).WriteAsync("{ } // mine"u8.ToArray(), Stopping);

        Assert.Equal("{ } // mine", await File.ReadAllTextAsync(_folder["ocelot.json"], Stopping));
        Assert.Single(Directory.GetFileSystemEntries(_folder.Path));
        if (!OperatingSystem.IsWindows())
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead, File.GetUnixFileMode(_folder["ocelot.json"]));
    }

    [Fact]
    public async Task Keeps_a_link_and_replaces_what_it_leads_to()
    {
        Directory.CreateDirectory(_folder["data"]);
        _folder.Write("data/real.json", "{}");
        File.CreateSymbolicLink(_folder["ocelot.json"], _folder["data/real.json"]);

        await Files(_folder.Path).WriteAsync("{ }"u8.ToArray(), Stopping);

        Assert.NotNull(File.ResolveLinkTarget(_folder["ocelot.json"], returnFinalTarget: false));
        Assert.Equal("{ }", await File.ReadAllTextAsync(_folder["data/real.json"], Stopping));
    }

    [Fact]
    public async Task Parts_are_never_overwritten()
    {
        _folder.Write("ocelot.orders.json", """{ "Routes": [] }""");
        _folder.Write("ocelot.global.json", "{}");
        var files = Files(_folder.Path);
        var problems = new ProblemList();

        Assert.Null(await files.TryAsync(Document("{}"), problems, Stopping));
        await Assert.ThrowsAsync<IOException>(() => files.WriteAsync("{}"u8.ToArray(), Stopping));

        Assert.Contains("ocelot.orders.json", Assert.Single(problems).Message, StringComparison.Ordinal);
        Assert.Equal("""{ "Routes": [] }""", await File.ReadAllTextAsync(_folder["ocelot.orders.json"], Stopping));
    }

    [Theory]
    [InlineData(2, true)]
    [InlineData(3, false)]
    public async Task An_overlay_that_would_undo_the_change_is_named(int timeout, bool isGood)
    {
        _folder.Write("ocelot.json", """{ "GlobalConfiguration": { "Timeout": 1 } }""");
        _folder.Write("ocelot.Production.json", """{ "GlobalConfiguration": { "Timeout": 2 } }""");
        var problems = new ProblemList();

        var merged = await Files(_folder.Path).TryAsync(Document($$"""{ "GlobalConfiguration": { "Timeout": {{timeout}} } }"""), problems, Stopping);

        Assert.Equal(isGood, !problems.HasErrors);
        Assert.NotNull(merged);
        if (!isGood) Assert.EndsWith("ocelot.Production.json", Assert.Single(problems).Origin.File, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_environment_counts_when_a_document_is_tried()
    {
        _folder.Write("ocelot.json", "{}");
        var problems = new ProblemList();

        var merged = await Files(_folder.Path, variables: [("ADDRESS", "http://here")])
            .TryAsync(Document("""{ "GlobalConfiguration": { "BaseUrl": "${ADDRESS}" } }"""), problems, Stopping);

        Assert.Contains("http://here", DocumentWriter.Write(merged!), StringComparison.Ordinal);
    }

    private static ObjectNode Document(string json) => (ObjectNode)DocumentParser.Parse(Encoding.UTF8.GetBytes(json), "body", new ProblemList())!;
}
