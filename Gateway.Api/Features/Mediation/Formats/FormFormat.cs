using System.Text;
using Gateway.Features.Mediation.Json;
using Gateway.Features.Mediation.Plans;

namespace Gateway.Features.Mediation.Formats;

/// <summary>HTML forms (<c>application/x-www-form-urlencoded</c>, WHATWG URL section 5): an object of texts; a name that repeats is a list.</summary>
internal sealed class FormFormat(FormatOptions options) : BodyFormat
{
    public override IReadOnlyList<MediaRange> Types { get; } = [new("application/x-www-form-urlencoded")];

    public override string ContentType => "application/x-www-form-urlencoded";

    public override JsonValue Read(ReadOnlyMemory<byte> body, string? contentType)
    {
        var members = new List<(string Name, List<JsonValue> Values)>();
        var places = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var pair in BodyText.Decode(body.Span, contentType).Split('&', StringSplitOptions.RemoveEmptyEntries))
        {
            var equals = pair.IndexOf('=', StringComparison.Ordinal);
            var name = Unescape(equals < 0 ? pair : pair[..equals]);
            var value = BodyText.Field(equals < 0 ? "" : Unescape(pair[(equals + 1)..]), name, name, options);
            if (places.TryAdd(name, members.Count)) members.Add((name, [value]));
            else members[places[name]].Values.Add(value);
        }
        return new JsonObject([.. members.Select(m => KeyValuePair.Create(m.Name,
            m.Values.Count > 1 || options.Arrays.Contains(m.Name, m.Name) ? new JsonArray(m.Values) : m.Values[0]))]);
    }

    public override void Write(JsonValue value, OutputBuffer output)
    {
        if (value is not JsonObject o) throw MediationFailure.Unprocessable("Only an object can be written as a form");
        var form = new StringBuilder();
        foreach (var (name, member) in o.Members)
        {
            var values = (member as JsonArray)?.Items ?? [member];
            foreach (var item in values)
            {
                var text = item.IsNull ? "" : item.AsScalarText ?? throw MediationFailure.Unprocessable("A form holds scalars, and lists of them", "/" + JsonPointer.Escape(name));
                form.Append(form.Length > 0 ? "&" : "").Append(Escape(name)).Append('=').Append(Escape(text));
            }
        }
        BodyText.Write(form.ToString(), output);
    }

    private static string Escape(string text)
    {
        var result = new StringBuilder(text.Length);
        foreach (var b in Encoding.UTF8.GetBytes(text))
        {
            if (char.IsAsciiLetterOrDigit((char)b) || b is (byte)'*' or (byte)'-' or (byte)'.' or (byte)'_') result.Append((char)b);
            else if (b == ' ') result.Append('+');
            else result.Append('%').Append(Convert.ToHexString([b]));
        }
        return result.ToString();
    }

    private static string Unescape(string text)
    {
        var value = Uri.UnescapeDataString(text.Replace('+', ' '));
        return value.Contains('\uFFFD', StringComparison.Ordinal) && !text.Contains('\uFFFD', StringComparison.Ordinal)
            ? throw MediationFailure.Malformed("The form isn't valid UTF-8")
            : value;
    }
}
