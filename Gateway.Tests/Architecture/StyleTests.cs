using System.Reflection;
using Gateway.Pipeline;

namespace Gateway.Tests.Architecture;

/// <summary>Rules of the house that a machine can keep.</summary>
public sealed class StyleTests
{
    private const int MaxLines = 250;

    // Path → why one file holds so much.
    private static readonly Dictionary<string, string> LongFiles = new()
    {
        ["Features/Mediation/Json/JsonTokenizer.cs"] = "one state machine, which two files would tear apart",
        ["Features/Mediation/Schemas/SchemaCompiler.cs"] = "one method for each keyword of JSON Schema",
    };

    [Fact]
    public void Keeps_files_short() =>
        Assert.Empty(Sources.All.Where(s => s.Lines.Length > MaxLines && !LongFiles.ContainsKey(s.Path)).Select(s => $"{s.Path}: {s.Lines.Length} lines"));

    [Fact]
    public void Has_no_static_that_changes() => Assert.Empty(typeof(Exchange).Assembly.GetTypes()
        .SelectMany(type => type.GetFields(BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly))
        .Where(field => !field.IsInitOnly && !field.IsLiteral && !IsGenerated(field))
        .Select(field => $"{field.DeclaringType}.{field.Name}"));

    private static bool IsGenerated(FieldInfo field)
    {
        for (var type = field.DeclaringType; type is not null; type = type.DeclaringType)
            if (type.Name.Contains('<', StringComparison.Ordinal)) return true;
        return field.Name.Contains('<', StringComparison.Ordinal);
    }
}
