using Gateway.Configuration;
using Gateway.Features.Mediation.Paths;

namespace Gateway.Features.Mediation.Plans;

/// <summary>Reads the paths in a plan and reports those that don't parse or aren't allowed.</summary>
internal static class PlanPaths
{
    private const string Grammar = "Paths are names joined by dots, [*], [0], [-1], ['odd.name'], or $ for the whole body";

    /// <returns>The path, or null after a problem.</returns>
    public static JsonPath? Parse(string text, PlanScope scope, PathKinds allowed = PathKinds.Many)
    {
        if (!JsonPath.TryParse(text, out var path, out var error))
        {
            scope.Invalid($"the path '{text}' doesn't parse: {error}", Grammar);
            return null;
        }
        if (path.HasAnyDepth && !allowed.HasFlag(PathKinds.AnyDepth))
        {
            scope.Invalid($"the path '{text}' uses '..', which only Remove, Redact, Replace and Rename take", "Write the whole path");
            return null;
        }
        if (path.IsMany && !path.HasAnyDepth && !allowed.HasFlag(PathKinds.Every))
        {
            scope.Invalid($"the path '{text}' can match several values, and one is needed here", "Put the step into Each, or write an index such as [0]");
            return null;
        }
        if (!path.IsNamesOnly && !allowed.HasFlag(PathKinds.Indexes) && path.Segments.Any(s => s.Index is not null))
        {
            scope.Invalid($"the path '{text}' goes through an element of an array, and only members can be written here", "Use names only; Each changes elements");
            return null;
        }
        if (path.IsRoot && !allowed.HasFlag(PathKinds.Root))
        {
            scope.Invalid("the whole body can't stand here", "Name a member of it");
            return null;
        }
        return path;
    }

    /// <summary>A list of paths; a single text is a list of one.</summary>
    public static IReadOnlyList<JsonPath> List(DocumentNode node, PlanScope scope, PathKinds allowed)
    {
        DocumentNode[] items = node switch
        {
            ArrayNode array => [.. array.Items],
            ScalarNode { Scalar: ScalarKind.String } => [node],
            _ => [],
        };
        if (items.Length == 0)
        {
            if (node is ArrayNode) scope.Invalid("the list is empty, so that the step does nothing", "Name a path, or leave the step out");
            else scope.WrongType(node, "a list of paths");
        }
        var paths = new List<JsonPath>();
        for (var i = 0; i < items.Length; i++)
        {
            var place = node is ArrayNode ? scope.Item(i, items[i]) : scope;
            if (items[i] is not ScalarNode { Scalar: ScalarKind.String } text) place.WrongType(items[i], "a path");
            else if (Parse(text.Text, place, allowed) is { } path)
            {
                if (paths.Any(p => p.Segments.SequenceEqual(path.Segments)))
                    place.Error(ProblemCodes.Duplicate, $"the path '{text.Text}' stands twice in this list", "Keep one of the two");
                else paths.Add(path);
            }
        }
        return paths;
    }

    /// <summary>An object whose names are paths.</summary>
    /// <returns>Each path with its value and the scope of the value; what has a problem is left out.</returns>
    public static IReadOnlyList<(JsonPath Path, DocumentNode Value, PlanScope Scope)> Map(DocumentNode node, PlanScope scope, PathKinds allowed)
    {
        if (node is not ObjectNode o)
        {
            scope.WrongType(node, "an object of paths");
            return [];
        }
        if (o.Members.Count == 0) scope.Invalid("the object is empty, so that the step does nothing", "Name a path, or leave the step out");
        var entries = new List<(JsonPath Path, DocumentNode Value, PlanScope Scope)>();
        foreach (var member in o.Members)
        {
            var place = scope.Key(member.Name, member.Value);
            if (Parse(member.Name, place.At(member.NameOrigin), allowed) is not { } path) continue;
            if (entries.FindIndex(e => e.Path.Segments.SequenceEqual(path.Segments)) is >= 0 and var first)
                place.At(member.NameOrigin).Error(ProblemCodes.Duplicate, $"'{member.Name}' is the same path as '{entries[first].Path}'", "Keep one of the two");
            else entries.Add((path, member.Value, place));
        }
        return entries;
    }

    /// <summary>Reports each path that lies within another of the same step, where the step would have to write both.</summary>
    public static void RefuseNested(IReadOnlyList<(JsonPath Path, DocumentNode Value, PlanScope Scope)> entries)
    {
        foreach (var inner in entries)
            foreach (var outer in entries)
                if (inner.Path != outer.Path && outer.Path.Contains(inner.Path))
                    inner.Scope.Error(ProblemCodes.Conflict, $"'{inner.Path}' lies within '{outer.Path}', which the same step writes",
                        "Put the two into two steps");
    }
}
