using System.CommandLine;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Gateway.Commands;

/// <summary><c>schema</c>: a JSON Schema of everything that <c>ocelot.json</c> can say, for editors.</summary>
internal static class SchemaCommand
{
    private static readonly JsonSerializerOptions Options = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static Command Create()
    {
        var command = new Command("schema", "Writes the JSON Schema (2020-12) of ocelot.json; name it by \"$schema\" and an editor helps.");
        command.SetAction(async parsed =>
        {
            await using var inspection = Inspection.Empty();
            await parsed.InvocationConfiguration.Output.WriteLineAsync(new SchemaWriter(inspection.Catalog).Write().ToJsonString(Options));
            return 0;
        });
        return command;
    }
}
