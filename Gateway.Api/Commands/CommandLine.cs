using System.CommandLine;

namespace Gateway.Commands;

/// <summary>
/// The program's command line. Serving is the default; whatever <c>run</c> doesn't know goes on to ASP.NET Core's own configuration
/// (<c>--urls</c>, <c>--environment</c>, <c>--Routes:0:Timeout</c>).
/// </summary>
internal static class CommandLine
{
    /// <summary>What every command answers to arguments it can't use.</summary>
    public const int Unusable = 2;

    private static readonly string[] AskForHelp = ["-h", "-?", "/?", "/h", "--help", "--version"];

    public static Task<int> RunAsync(string[] args) => RunAsync(args, Console.Out, Console.Error);

    /// <returns>The exit code: 0 all is well, 1 it isn't, 2 the arguments can't be used.</returns>
    public static async Task<int> RunAsync(string[] args, TextWriter output, TextWriter errors)
    {
        var root = Build();
        var parsed = root.Parse(args, new ParserConfiguration { ResponseFileTokenReplacer = null, EnablePosixBundling = false });
        if (parsed.CommandResult.Command == root && args is [var first, ..] && !IsSetting(first) && !AskForHelp.Contains(first))
        {
            await errors.WriteLineAsync($"'{first}' is no command. The commands are {string.Join(", ", Visible(root))}; --help tells more.");
            return Unusable;
        }
        if (parsed.Errors.Count > 0 && !args.Any(AskForHelp.Contains))
        {
            foreach (var error in parsed.Errors) await errors.WriteLineAsync(error.Message);
            await errors.WriteLineAsync($"Ask '{Name(parsed.CommandResult.Command, root)} --help' for the arguments.");
            return Unusable;
        }
        // The host ends itself on a signal, and takes as long as its requests need.
        return await parsed.InvokeAsync(new InvocationConfiguration
        {
            Output = output,
            Error = errors,
            ProcessTerminationTimeout = null,
            EnableDefaultExceptionHandler = false,
        });
    }

    private static RootCommand Build()
    {
        var root = new RootCommand("Gateway, an API gateway that reads Ocelot's ocelot.json. Without a command it serves.")
        {
            RunCommand.Create(),
            CheckCommand.Create(),
            ExplainCommand.Create(),
            PrintCommand.Create(),
            MediateCommand.Create(),
            DiffCommand.Create(),
            MigrateCommand.Create(),
            SchemaCommand.Create(),
            HealthcheckCommand.Create(),
        };
        RunCommand.Default(root);
        return root;
    }

    // A setting of the host may come first: --urls …, /urls …, urls=….
    private static bool IsSetting(string argument) => argument.StartsWith('-') || argument.StartsWith('/') || argument.Contains('=', StringComparison.Ordinal);

    private static IEnumerable<string> Visible(RootCommand root) => root.Subcommands.Where(c => !c.Hidden).Select(c => c.Name);

    private static string Name(Command command, RootCommand root) => command == root ? "Gateway.Api" : $"Gateway.Api {command.Name}";
}
