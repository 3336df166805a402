using System.CommandLine;
using System.Text;
using Gateway.Configuration;

namespace Gateway.Commands;

/// <summary><c>migrate FILE</c>: writes the file with present names in place of former ones to the standard output; the file stays as it is.</summary>
internal static class MigrateCommand
{
    public static Command Create()
    {
        var file = new Argument<FileInfo>("FILE");
        file.AcceptExistingOnly();
        var command = new Command("migrate", "Writes a file anew with the present names of keys. Comments stay. What was changed is told on the error output.") { file };
        command.SetAction(async parsed =>
        {
            var errors = parsed.InvocationConfiguration.Error;
            var path = parsed.GetValue(file)!.ToString();
            var text = await File.ReadAllTextAsync(path);
            var problems = new ProblemList();
            if (DocumentParser.Parse(Encoding.UTF8.GetBytes(text), path, problems) is not ObjectNode root)
            {
                await new TextFormat(errors).WriteAsync(new ProblemReport([.. problems], null));
                return 1;
            }
            await using var inspection = Inspection.Empty();
            var migration = new Migration(inspection.Catalog, text);
            await parsed.InvocationConfiguration.Output.WriteAsync(migration.Apply(root));
            foreach (var line in migration.Log) await errors.WriteLineAsync(line);
            return 0;
        });
        return command;
    }
}
