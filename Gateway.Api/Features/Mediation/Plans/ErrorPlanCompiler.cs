using Gateway.Configuration;
using Gateway.Features.Mediation.Paths;
using Gateway.Features.Mediation.Values;

namespace Gateway.Features.Mediation.Plans;

/// <summary>Compiles <c>Errors</c>.</summary>
internal static class ErrorPlanCompiler
{
    private static readonly string[] GatewaysOwn = ["status", "instance", "requestId"];

    public static ErrorPlan? Compile(DocumentNode node, PlanScope scope)
    {
        if (PlanOptions.Read(node, scope, "When", "If", "Status", "StatusFrom", "Problem", "Hide") is not { } options) return null;
        var condition = options.Find("If") is { } text ? PlanExpressions.Parse(text, options.At("If")) : null;
        var when = options.Find("When") is { } w ? WhenCompiler.Compile(w, options.At("When"))
            : options.Find("If") is null ? new When { Statuses = [new StatusRange(400, 599)] } : null;
        return new ErrorPlan
        {
            When = when,
            If = condition,
            Status = options.Find("Status") is { } status ? StatusTable.Status(status, options.At("Status")) : null,
            StatusFrom = StatusFrom(options),
            Problem = Problem(options),
            Hide = options.Find("Hide") is { } hide ? PlanPaths.List(hide, options.At("Hide"), PathKinds.Indexes | PathKinds.Every | PathKinds.AnyDepth) : [],
        };
    }

    private static List<(JsonPath, StatusTable)> StatusFrom(PlanOptions options)
    {
        var tables = new List<(JsonPath, StatusTable)>();
        if (options.Find("StatusFrom") is not { } node) return tables;
        foreach (var (path, value, place) in PlanPaths.Map(node, options.At("StatusFrom"), PathKinds.Indexes))
            if (StatusTable.Compile(value, place) is { } table) tables.Add((path, table));
        return tables;
    }

    private static List<KeyValuePair<string, Template>>? Problem(PlanOptions options)
    {
        if (options.Find("Problem") is not { } node) return null;
        var scope = options.At("Problem");
        if (node is not ObjectNode o)
        {
            scope.WrongType(node, "an object such as { \"type\": \"…\", \"title\": \"$.message\" }");
            return null;
        }
        var members = new List<KeyValuePair<string, Template>>();
        foreach (var member in o.Members)
        {
            var place = scope.Key(member.Name, member.Value);
            if (GatewaysOwn.Contains(member.Name, StringComparer.OrdinalIgnoreCase))
                place.Error(ProblemCodes.MisplacedKey, $"'{member.Name}' is written by the gateway", member.Name == "status" ? "Set Status or StatusFrom of Errors" : "Leave it out");
            else members.Add(new(member.Name, ShapeCompiler.Compile(member.Value, place, fields: true)));
        }
        return members;
    }
}
