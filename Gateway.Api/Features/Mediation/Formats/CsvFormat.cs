using System.Text;
using Gateway.Features.Mediation.Json;
using Gateway.Features.Mediation.Plans;

namespace Gateway.Features.Mediation.Formats;

/// <summary>
/// Lines of fields (RFC 4180): with a header line an array of objects, without one an array of arrays. Lines that are written end in CRLF.
/// </summary>
internal sealed class CsvFormat(FormatOptions options) : BodyFormat
{
    public override IReadOnlyList<MediaRange> Types { get; } = [new("text/csv"), new("application/csv")];

    public override string ContentType => "text/csv; charset=utf-8";

    public override JsonValue Read(ReadOnlyMemory<byte> body, string? contentType)
    {
        var lines = Lines(BodyText.Decode(body.Span, contentType));
        if (!options.Header) return new JsonArray([.. lines.Select(l => new JsonArray([.. l.Select(f => new JsonText(f))]))]);
        if (lines.Count == 0) return JsonArray.Empty;

        var names = lines[0];
        if (names.Distinct(StringComparer.Ordinal).Count() < names.Count) throw MediationFailure.Malformed("Two columns have the same name");
        var rows = new List<JsonValue>();
        foreach (var line in lines.Skip(1))
        {
            if (line.Count > names.Count) throw MediationFailure.Malformed("A line has more fields than there are columns");
            rows.Add(new JsonObject([.. line.Select((field, i) => KeyValuePair.Create(names[i], BodyText.Field(field, names[i], names[i], options)))]));
        }
        return new JsonArray(rows);
    }

    public override void Write(JsonValue value, OutputBuffer output)
    {
        if (value is not JsonArray rows) throw MediationFailure.Unprocessable("Only an array can be written as lines");
        var text = new StringBuilder();
        var names = new List<string>();
        var known = new HashSet<string>(StringComparer.Ordinal);
        foreach (var name in rows.Items.OfType<JsonObject>().SelectMany(o => o.Members).Select(m => m.Key))
            if (known.Add(name)) names.Add(name);
        if (options.Header && names.Count > 0) Line(text, names);
        for (var i = 0; i < rows.Items.Count; i++)
        {
            var pointer = $"/{i}";
            Line(text, rows.Items[i] switch
            {
                JsonObject o => names.Select(n => Field(o[n], pointer)),
                JsonArray a when !options.Header => a.Items.Select(f => Field(f, pointer)),
                _ => throw MediationFailure.Unprocessable($"An element is neither an object{(options.Header ? "" : " nor an array")}", pointer),
            });
        }
        BodyText.Write(text.ToString(), output);
    }

    private static string Field(JsonValue? value, string pointer) => value is null or { IsNull: true } ? ""
        : value.AsScalarText ?? throw MediationFailure.Unprocessable("A field of a line has to be a scalar", pointer);

    private void Line(StringBuilder text, IEnumerable<string> fields)
    {
        var first = true;
        foreach (var field in fields)
        {
            if (!first) text.Append(options.Delimiter);
            first = false;
            if (field.AsSpan().IndexOfAny(options.Delimiter, '"') < 0 && field.AsSpan().IndexOfAny('\r', '\n') < 0) text.Append(field);
            else text.Append('"').Append(field.Replace("\"", "\"\"", StringComparison.Ordinal)).Append('"');
        }
        text.Append("\r\n");
    }

    private List<List<string>> Lines(string text)
    {
        var lines = new List<List<string>>();
        var at = 0;
        while (at < text.Length)
        {
            var line = new List<string>();
            while (true)
            {
                line.Add(at < text.Length && text[at] == '"' ? Quoted(text, ref at) : Plain(text, ref at));
                if (at == text.Length || text[at] != options.Delimiter) break;
                at++;
            }
            if (at < text.Length && text[at] == '\r') at++;
            if (at < text.Length && text[at] == '\n') at++;
            lines.Add(line);
        }
        return lines;
    }

    private string Plain(string text, ref int at)
    {
        var start = at;
        while (at < text.Length && text[at] != options.Delimiter && text[at] is not ('\r' or '\n'))
        {
            if (text[at] == '"') throw MediationFailure.Malformed("A quote stands within a field that doesn't begin with one");
            at++;
        }
        return text[start..at];
    }

    private string Quoted(string text, ref int at)
    {
        var field = new StringBuilder();
        for (at++; at < text.Length; at++)
        {
            if (text[at] != '"') field.Append(text[at]);
            else if (at + 1 < text.Length && text[at + 1] == '"') field.Append(text[at++]);
            else
            {
                at++;
                if (at == text.Length || text[at] == options.Delimiter || text[at] is '\r' or '\n') return field.ToString();
                break;
            }
        }
        throw MediationFailure.Malformed("A quoted field isn't closed");
    }
}
