using Gateway.Configuration;
using Gateway.Hosting;
using Gateway.Runtime;

namespace Gateway.Commands;

/// <summary>A configuration compiled as at start, but not served: nothing listens, and no registry is asked.</summary>
internal sealed class Inspection : IAsyncDisposable
{
    private readonly WebApplication _app;

    private Inspection(WebApplication app, LoadedDocument? loaded, OcelotDocument? document, Snapshot? snapshot, ProblemList problems) =>
        (_app, Loaded, Document, Snapshot, Problems) = (app, loaded, document, snapshot, problems);

    public IServiceProvider Services => _app.Services;

    public KeyCatalog Catalog => Services.GetRequiredService<SnapshotCompiler>().Catalog;

    /// <summary>What was read; null where that wasn't possible.</summary>
    public LoadedDocument? Loaded { get; }

    /// <summary>The document as its readers see it; null with <see cref="Loaded"/>.</summary>
    public OcelotDocument? Document { get; }

    /// <summary>What would be served; null where there is an error.</summary>
    public Snapshot? Snapshot { get; }

    /// <summary>Everything that is wrong; whoever looks closer may add to it.</summary>
    public ProblemList Problems { get; }

    /// <summary>No configuration at all: for whoever asks what there could be.</summary>
    public static Inspection Empty()
    {
        var builder = WebApplication.CreateBuilder();
        builder.Logging.ClearProviders();
        return new Inspection(GatewayHost.Build(builder, Sources.Files(null, builder.Environment.EnvironmentName, [])), null, null, null, new ProblemList());
    }

    /// <summary>Reads and compiles.</summary>
    /// <param name="path">A file or a folder; null: the working directory.</param>
    /// <param name="environment">Null: the one that the process runs in.</param>
    public static Inspection Of(string? path, string? environment)
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { EnvironmentName = environment });
        builder.Logging.ClearProviders();
        var problems = new ProblemList();
        var files = Sources.Files(path, builder.Environment.EnvironmentName, []);
        var loaded = files.Load(problems);
        Sources.AddHostSettings(builder.Configuration, path, builder.Environment.EnvironmentName, loaded, []);
        // A host with a wrong setting couldn't be built, and the routes are to be looked at all the same.
        builder.Configuration.AddInMemoryCollection(new HostSettingRules(builder.Configuration, loaded?.Root, problems).Check());

        var app = GatewayHost.Build(builder, files);
        if (loaded is null) return new Inspection(app, null, null, null, problems);
        var compiler = app.Services.GetRequiredService<SnapshotCompiler>();
        var document = OcelotDocument.Read(loaded.Root, compiler.Catalog, problems);
        return new Inspection(app, loaded, document, compiler.Compile(document, problems), problems);
    }

    public async ValueTask DisposeAsync()
    {
        Snapshot?.Return();
        await _app.DisposeAsync();
    }
}
