using System.Text;
using Gateway.Configuration;

namespace Gateway.Tests.Support;

/// <summary>Sections for direct tests of features, without the rest of a configuration.</summary>
internal static class Sections
{
    /// <param name="members">Members of the entry, as JSON.</param>
    /// <param name="level">Which list the entry stands in.</param>
    /// <param name="keys">What the document may hold.</param>
    public static RouteSection Of(string members, Levels level, params SectionKey[] keys)
    {
        var problems = new ProblemList();
        var list = level == Levels.DynamicRoute ? "DynamicRoutes" : level == Levels.Aggregate ? "Aggregates" : "Routes";
        var root = (ObjectNode)DocumentParser.Parse(Encoding.UTF8.GetBytes($"{{ \"{list}\": [ {{ {members} }} ] }}"), "ocelot.json", problems)!;
        var service = new SectionKey<string?>("ServiceName", Levels.Route | Levels.DynamicRoute);
        var document = OcelotDocument.Read(root, new KeyCatalog([RouteSection.KeyKey, service, .. keys]), problems);
        Assert.DoesNotContain(problems, p => p.Severity == Severity.Error);
        return document.Routes.Concat(document.DynamicRoutes).Concat(document.Aggregates).Single();
    }
}
