namespace Gateway.Tests.Contract;

/// <summary>An answer as it came over the wire.</summary>
internal sealed record ContractAnswer(int Status, string Reason, IReadOnlyList<(string Name, string Value)> Fields, string Body)
{
    /// <summary>A field's values, joined with <c> / </c>; null where it is missing.</summary>
    public string? this[string name]
    {
        get
        {
            var values = Fields.Where(f => f.Name.Equals(name, StringComparison.OrdinalIgnoreCase)).Select(f => f.Value).ToList();
            return values.Count == 0 ? null : string.Join(" / ", values);
        }
    }

    /// <summary>A field of the request as the service saw it, several lines joined with <c> / </c>; null where it is missing.</summary>
    public string? Sent(string name) => Body.Split('\n', '\r')
        .Where(line => line.StartsWith(name + ": ", StringComparison.OrdinalIgnoreCase)).Select(line => line[(name.Length + 2)..]).FirstOrDefault();

    public static ContractAnswer Parse(string text)
    {
        var end = text.IndexOf("\r\n\r\n", StringComparison.Ordinal);
        Assert.True(end > 0, $"No answer: {text}");
        var lines = text[..end].Split("\r\n");
        var status = lines[0].Split(' ', 3);
        return new ContractAnswer(
            int.Parse(status[1], null), status.Length > 2 ? status[2] : "",
            [.. lines[1..].Select(line => line.Split(": ", 2)).Select(f => (f[0].TrimEnd(':'), f.Length > 1 ? f[1] : ""))],
            text[(end + 4)..]);
    }
}
