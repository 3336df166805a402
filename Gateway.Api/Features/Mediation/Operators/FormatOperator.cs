using Gateway.Configuration;
using Gateway.Features.Mediation.Formats;
using Gateway.Features.Mediation.Plans;

namespace Gateway.Features.Mediation.Operators;

/// <summary>
/// Reads or writes another format than JSON.
/// <code>{ "Format": { "From": "xml", "Arrays": [ "city" ], "Numbers": [ "population" ] } }  { "Format": { "To": "form" } }</code>
/// Buffers. <c>From</c> and <c>To</c> are xml, form, csv, text or json (the default). Reading another format is the first step of its side,
/// writing one the last. Options and their defaults: A28.
/// </summary>
internal sealed class FormatOperator : Operator
{
    private static readonly string[] Names = ["json", "xml", "form", "csv", "text"];

    private enum Namespaces
    {
        Strip,
        Keep,
    }

    public override string Name => "Format";

    public override Step? Compile(DocumentNode value, PlanOptions step, PlanScope scope)
    {
        if (PlanOptions.Read(value, scope, "From", "To", "Root", "Arrays", "Numbers", "Booleans", "Namespaces", "Attributes", "Text", "Empty", "Delimiter", "Header")
            is not { } options) return null;
        if (step.Find("If") is not null) scope.Error(ProblemCodes.Conflict, "a format can't depend on the body", "Leave If out, or use variants with When");
        var delimiter = options.Text("Delimiter") ?? ",";
        if (delimiter.Length != 1 || delimiter is "\"" or "\r" or "\n")
        {
            options.At("Delimiter").Invalid($"'{delimiter}' can't stand between fields", "Write one character, such as ; or \\t");
            delimiter = ",";
        }
        var settings = new FormatOptions
        {
            Root = options.Text("Root"),
            Arrays = new FieldSet(options.Texts("Arrays")),
            Numbers = new FieldSet(options.Texts("Numbers")),
            Booleans = new FieldSet(options.Texts("Booleans")),
            KeepNamespaces = options.Choice("Namespaces", Namespaces.Strip) == Namespaces.Keep,
            Attributes = options.Text("Attributes") ?? "@",
            Text = options.Text("Text") ?? "#text",
            Empty = options.Choice("Empty", EmptyElement.Null),
            Delimiter = delimiter[0],
            Header = options.Boolean("Header", otherwise: true),
        };
        if (!TryFormat(options, "From", settings, out var from) || !TryFormat(options, "To", settings, out var to)) return null;
        if (from is not null || to is not null) return new FormatStep(from, to);
        scope.Invalid("reads JSON and writes JSON, which changes nothing", "Name another format as From or To: xml, form, csv, text");
        return null;
    }

    private static bool TryFormat(PlanOptions options, string key, FormatOptions settings, out BodyFormat? format)
    {
        var name = options.Text(key)?.ToLowerInvariant() ?? "json";
        format = name switch
        {
            "xml" => new XmlFormat(settings),
            "form" => new FormFormat(settings),
            "csv" => new CsvFormat(settings),
            "text" => new TextFormat(),
            _ => null,
        };
        if (format is not null || name == "json") return true;
        var near = Spelling.Nearest(name, Names);
        options.At(key).Invalid($"there is no format '{name}'", $"{(near is null ? "" : $"Did you mean '{near}'? ")}Allowed are {string.Join(", ", Names)}");
        return false;
    }
}
