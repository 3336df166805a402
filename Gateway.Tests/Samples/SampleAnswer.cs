namespace Gateway.Tests.Samples;

/// <summary>What came back for a row.</summary>
internal sealed record SampleAnswer(int Status, IReadOnlyList<(string Name, string Value)> Fields, string Body)
{
    /// <summary>A field's value; null where it is missing.</summary>
    public string? this[string name] => Fields.FirstOrDefault(f => f.Name.Equals(name, StringComparison.OrdinalIgnoreCase)).Value;
}
