using Gateway.Configuration;
using Microsoft.Extensions.Time.Testing;

namespace Gateway.Tests.Configuration;

public sealed class OcelotWatcherTests : IDisposable
{
    private readonly TempFolder _folder = new();
    private readonly FakeTimeProvider _time = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Reports_each_change_of_content_once_after_it_has_rested()
    {
        var content = "a";
        var changes = 0;
        using var watcher = new OcelotWatcher(_folder.Path, _ => content, "a", () => changes++, _time);

        Pass(milliseconds: 2000);
        Assert.Equal(0, changes);

        content = "b";
        Pass(milliseconds: 500);
        Assert.Equal(0, changes); // seen, and given time to rest
        Pass(milliseconds: 100);
        Assert.Equal(1, changes);
        Pass(milliseconds: 2000);
        Assert.Equal(1, changes);
    }

    [Fact]
    public void Says_nothing_of_a_change_that_was_undone_at_once()
    {
        var content = "a";
        var changes = 0;
        using var watcher = new OcelotWatcher(_folder.Path, _ => content, "a", () => changes++, _time);

        content = "b";
        Pass(milliseconds: 500);
        content = "a";
        Pass(milliseconds: 2000);

        Assert.Equal(0, changes);
    }

    [Fact]
    public void Reports_within_a_second_a_file_that_never_rests()
    {
        var looks = 0;
        var changes = 0;
        using var watcher = new OcelotWatcher(_folder.Path, _ => $"{looks++}", "", () => changes++, _time);

        Pass(milliseconds: 1000);

        Assert.Equal(1, changes);
    }

    [Fact]
    public void Is_silent_once_disposed()
    {
        var changes = 0;
        var watcher = new OcelotWatcher(_folder.Path, _ => "b", "a", () => changes++, _time);

        watcher.Dispose();
        Pass(milliseconds: 2000);

        Assert.Equal(0, changes);
    }

    [Theory]
    [InlineData("write")]
    [InlineData("rename")]
    [InlineData("overlay")]
    [InlineData("delete")]
    [InlineData("link")]
    public void Notices_by_looking_alone(string how)
    {
        _folder.Write("ocelot.json", """{ "GlobalConfiguration": {} }""");
        Link("first", "{}");
        if (how == "link") File.CreateSymbolicLink(_folder["ocelot.Production.json"], Path.Combine("..data", "ocelot.Production.json"));
        var files = new OcelotFiles(new ConfigurationInputs(_folder.Path, "Production", new Dictionary<string, string>(), []), _time);
        files.Load(new ProblemList());
        var changes = 0;
        using var watch = files.Watch(() => Interlocked.Increment(ref changes));

        Change(how);
        Pass(milliseconds: 1000);

        Assert.Equal(1, changes);
    }

    [Theory]
    [InlineData("write")]
    [InlineData("rename")]
    [InlineData("overlay")]
    [InlineData("delete")]
    public async Task Notices_by_events(string how)
    {
        _folder.Write("ocelot.json", """{ "GlobalConfiguration": {} }""");
        var files = new OcelotFiles(new ConfigurationInputs(_folder.Path, "Production", new Dictionary<string, string>(), []), TimeProvider.System);
        files.Load(new ProblemList());
        var noticed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        using var watch = files.Watch(() => noticed.TrySetResult());

        Change(how);

        await noticed.Task.WaitAsync(TimeSpan.FromSeconds(10), TestContext.Current.CancellationToken);
    }

    private void Change(string how)
    {
        switch (how)
        {
            case "write":
                _folder.Write("ocelot.json", "{ }");
                break;
            case "rename":
                _folder.Replace("ocelot.json", "{ }");
                break;
            case "overlay":
                _folder.Write("ocelot.Production.json", "{}");
                break;
            case "delete":
                File.Delete(_folder["ocelot.json"]);
                break;
            case "link":
                Link("second", "{ \"Routes\": [] }");
                break;
        }
    }

    // As a mounted ConfigMap changes: a new folder, and the link ..data set to it.
    private void Link(string version, string text)
    {
        Directory.CreateDirectory(_folder[version]);
        File.WriteAllText(Path.Combine(_folder[version], "ocelot.Production.json"), text);
        if (Directory.Exists(_folder["..data"])) Directory.Delete(_folder["..data"]);
        Directory.CreateSymbolicLink(_folder["..data"], version);
    }

    private void Pass(int milliseconds)
    {
        for (var passed = 0; passed < milliseconds; passed += 20) _time.Advance(TimeSpan.FromMilliseconds(20));
    }
}
