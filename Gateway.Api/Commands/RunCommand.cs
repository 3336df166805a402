using System.CommandLine;
using Gateway.Configuration;
using Gateway.Hosting;

namespace Gateway.Commands;

/// <summary><c>run</c>: serves until the process is told to stop. A configuration with errors ends it at once, with the list.</summary>
internal static partial class RunCommand
{
    public static Command Create()
    {
        var command = new Command("run", "Serves requests. Other options go on to ASP.NET Core: --urls, --environment, --Routes:0:Timeout.");
        Define(command);
        return command;
    }

    /// <summary>Makes <c>run</c> what happens where no command is named.</summary>
    public static void Default(RootCommand root) => Define(root);

    private static void Define(Command command)
    {
        var config = new Option<string?>("--config") { Description = "The file, or the folder of the files. Default: the working directory.", HelpName = "FILE|FOLDER" };
        command.Options.Add(config);
        command.TreatUnmatchedTokensAsErrors = false;
        command.SetAction(parsed => ServeAsync(parsed.GetValue(config), [.. parsed.UnmatchedTokens], parsed.InvocationConfiguration.Error));
    }

    private static async Task<int> ServeAsync(string? path, string[] settings, TextWriter errors)
    {
        var builder = WebApplication.CreateBuilder(settings);
        var files = Sources.Files(path, builder.Environment.EnvironmentName, settings);
        var loaded = files.Load(new ProblemList()); // for the host's own sections; the reloader tells what is wrong
        Sources.AddHostSettings(builder.Configuration, path, builder.Environment.EnvironmentName, loaded, settings);
        var wrong = new ProblemList();
        new HostSettingRules(builder.Configuration, loaded?.Root, wrong).Check();
        if (wrong.HasErrors)
        {
            await new TextFormat(errors).WriteAsync(new ProblemReport([.. wrong], null));
            return 1;
        }
        builder.AddGatewayLogging();

        var app = GatewayHost.Build(builder, files);
        if (loaded is not null)
        {
            Log.Reads(app.Logger, string.Join(", ", loaded.Files), builder.Environment.EnvironmentName);
            foreach (var note in loaded.Notes) Log.Noted(app.Logger, note);
        }

        var problems = await GatewayHost.ServeAsync(app);
        if (problems.Count == 0) return 0;
        await new TextFormat(errors).WriteAsync(new ProblemReport([.. problems], null));
        return 1;
    }

    private static partial class Log
    {
        [LoggerMessage(700, LogLevel.Information, "The configuration is {Files}, the environment {Environment}", EventName = nameof(Reads))]
        public static partial void Reads(ILogger logger, string files, string environment);

        [LoggerMessage(701, LogLevel.Information, "{Note}", EventName = nameof(Noted))]
        public static partial void Noted(ILogger logger, string note);
    }
}
