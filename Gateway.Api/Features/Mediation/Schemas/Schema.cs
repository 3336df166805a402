using Gateway.Features.Mediation.Json;

namespace Gateway.Features.Mediation.Schemas;

/// <summary>A compiled JSON Schema (draft-07). Numbers are compared by their exact value.</summary>
internal sealed class Schema
{
    private readonly List<SchemaCheck> _checks = [];

    public void Add(SchemaCheck check) => _checks.Add(check);

    /// <summary>What in the value breaks the schema; empty when nothing does.</summary>
    public IReadOnlyList<(string Pointer, string Detail)> Validate(JsonValue value)
    {
        var errors = new SchemaErrors();
        Check(value, "", errors);
        return errors.Found;
    }

    public void Check(JsonValue value, string pointer, SchemaErrors errors)
    {
        errors.Enter();
        foreach (var check in _checks) check(value, pointer, errors);
        errors.Leave();
    }

    public bool Fits(JsonValue value, SchemaErrors errors)
    {
        var trial = errors.Trial();
        Check(value, "", trial);
        return !trial.Any;
    }
}
