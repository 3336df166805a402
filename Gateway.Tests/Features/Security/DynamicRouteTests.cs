using System.Text;
using Gateway.Configuration;
using Gateway.Features.Authorization;
using Gateway.Features.Security;
using Gateway.Pipeline;
using Microsoft.Extensions.Logging.Abstractions;

namespace Gateway.Tests.Features.Security;

/// <summary>Protections that Ocelot passes over on dynamic routes hold there, too (contract 00, principle 2).</summary>
public sealed class DynamicRouteTests
{
    [Theory]
    [InlineData("""{ "DynamicRoutes": [ { "Key": "a" } ], "GlobalConfiguration": { "SecurityOptions": { "IPBlockedList": ["10.0.0.1"] } } }""", typeof(SecurityStep))]
    [InlineData("""{ "DynamicRoutes": [ { "SecurityOptions": { "IPAllowedList": ["10.0.0.1"] } } ] }""", typeof(SecurityStep))]
    [InlineData("""{ "DynamicRoutes": [ { "RouteClaimsRequirement": { "role": "admin" } } ] }""", typeof(ClaimStep))]
    public void A_dynamic_route_is_protected_as_its_sections_say(string json, Type step)
    {
        using var services = new ServiceCollection().BuildServiceProvider();
        IRouteFeature[] features = [new SecurityFeature(NullLogger<SecurityStep>.Instance), new AuthorizationFeature()];
        var problems = new ProblemList();
        var root = (ObjectNode)DocumentParser.Parse(Encoding.UTF8.GetBytes(json), "ocelot.json", problems)!;
        var document = OcelotDocument.Read(root, new KeyCatalog([RouteSection.KeyKey, .. features.SelectMany(f => f.Keys)]), problems);
        var route = new RouteBuilder("a", new SnapshotBuilder(services, new SharedResources(), RefusalStyle.Default));

        foreach (var feature in features) feature.Compile(document.DynamicRoutes.Single(), route);

        Assert.False(problems.HasErrors, string.Join('\n', problems));
        Assert.IsType(step, Assert.Single(route.Steps));
    }
}
