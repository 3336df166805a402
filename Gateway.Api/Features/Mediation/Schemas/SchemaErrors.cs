namespace Gateway.Features.Mediation.Schemas;

/// <summary>Where a body breaks a schema: JSON pointers, and what is demanded there. Never what was found.</summary>
internal sealed class SchemaErrors
{
    /// <summary>More aren't listed; they would only repeat themselves.</summary>
    private const int Most = 20;

    /// <summary>References that lead back to themselves without going into the body.</summary>
    private const int MaxDepth = 400;

    private readonly List<(string Pointer, string Detail)> _found = [];

    public bool Any { get; private set; }

    public IReadOnlyList<(string Pointer, string Detail)> Found => _found;

    public int Depth { get; private set; }

    public void Add(string pointer, string detail)
    {
        Any = true;
        if (_found.Count < Most) _found.Add((pointer, detail));
    }

    /// <summary>Goes one schema further in.</summary>
    /// <exception cref="MediationFailure">The schema goes round in circles.</exception>
    public void Enter()
    {
        if (++Depth > MaxDepth) throw MediationFailure.Unprocessable("The schema refers to itself without end");
    }

    public void Leave() => Depth--;

    /// <summary>A list for trying a schema, whose findings don't count.</summary>
    public SchemaErrors Trial() => new() { Depth = Depth };
}
