using Gateway.Commands;

namespace Gateway.Tests.Commands;

/// <summary>What a command gave.</summary>
internal sealed record CliResult(int ExitCode, string Output, string Errors);

/// <summary>Runs commands as from a shell.</summary>
internal static class Cli
{
    public static async Task<CliResult> RunAsync(params string[] args)
    {
        await using var output = new StringWriter();
        await using var errors = new StringWriter();
        var exit = await CommandLine.RunAsync(args, output, errors);
        return new CliResult(exit, output.ToString().ReplaceLineEndings("\n"), errors.ToString().ReplaceLineEndings("\n"));
    }
}
