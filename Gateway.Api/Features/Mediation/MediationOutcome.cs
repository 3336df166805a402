namespace Gateway.Features.Mediation;

/// <summary>What mediation changes of a message besides its body.</summary>
internal sealed class MediationOutcome
{
    private readonly List<(string Name, string? Value)> _headers = [];

    /// <summary>The status that replaces the service's; null keeps it.</summary>
    public int? Status { get; set; }

    /// <summary>The type of the mediated body; null keeps it.</summary>
    public string? ContentType { get; set; }

    /// <summary>Whether the body is the service's, byte for byte.</summary>
    public bool IsUntouched { get; set; }

    /// <summary>Headers in the order in which they were set; null removes one.</summary>
    public IReadOnlyList<(string Name, string? Value)> Headers => _headers;

    /// <summary>Replaces every value that the header had.</summary>
    public void SetHeader(string name, string? value)
    {
        if (name.Equals("Content-Type", StringComparison.OrdinalIgnoreCase) && value is not null)
        {
            ContentType = value;
            return;
        }
        _headers.RemoveAll(h => h.Name.Equals(name, StringComparison.OrdinalIgnoreCase));
        _headers.Add((name, value));
    }

    public void AddHeader(string name, string value) => _headers.Add((name, value));
}
