using System.Text.RegularExpressions;

namespace Gateway.Tests.Architecture;

/// <summary>Who may know whom (docs/architecture.md): arrows point down, and no feature knows another.</summary>
public sealed partial class RoomTests
{
    private static readonly Dictionary<string, string[]> MayKnow = new()
    {
        ["Configuration"] = [],
        ["Routing"] = [],
        ["Pipeline"] = ["Routing", "Configuration"],
        ["Forwarding"] = ["Pipeline", "Routing", "Configuration"],
        ["Runtime"] = ["Forwarding", "Pipeline", "Routing", "Configuration"],
        ["Features"] = ["Pipeline", "Routing", "Configuration"],
        ["Hosting"] = ["Runtime", "Pipeline", "Routing", "Configuration"],
        ["Commands"] = ["Hosting", "Runtime", "Pipeline", "Routing", "Configuration"],
    };

    // Files that put the rooms together, or tell of one to the outside, and what they know beyond their room's right.
    private static readonly Dictionary<string, (string[] Rooms, string Reason)> Exceptions = new()
    {
        ["Features/FeatureList.cs"] = (["*"], "the one place that knows all features"),
        ["Runtime/FeatureSet.cs"] = (["Features"], "asks FeatureList for the features and their order"),
        ["Hosting/GatewayServices.cs"] = (["Features", "Forwarding"], "registers every room"),
        ["Hosting/Management/MediationEndpoint.cs"] = (["Features"], "runs a plan by itself"),
        ["Commands/MediateCommand.cs"] = (["Features"], "runs a plan by itself"),
        ["Commands/PlanSource.cs"] = (["Features"], "compiles a plan by itself"),
        ["Commands/MediationExamples.cs"] = (["Features"], "runs the examples that plans carry"),
        ["Commands/ExplanationText.cs"] = (["Pipeline"], "shows what a route is made of"),
    };

    [Fact]
    public void Knows_no_room_above()
    {
        var faults = Sources.All
            .Where(source => source.Path.Contains('/', StringComparison.Ordinal))
            .SelectMany(source => source.Lines.SelectMany(line => Known(line)).Distinct()
                .Where(known => !May(source.Path, known))
                .Select(known => $"{source.Path} knows {known}"));

        Assert.Empty(faults);
    }

    [Fact]
    public void Names_namespaces_by_folder()
    {
        var faults = Sources.All
            .Where(source => source.Path.Contains('/', StringComparison.Ordinal))
            .Where(source => !source.Lines.Contains($"namespace Gateway.{Path.GetDirectoryName(source.Path)!.Replace('/', '.').Replace('\\', '.')};"))
            .Select(source => source.Path);

        Assert.Empty(faults);
    }

    [Fact]
    public void Makes_no_exception_for_what_is_gone() => Assert.Empty(Exceptions.Keys.Except(Sources.All.Select(source => source.Path)));

    /// <summary>The namespaces of ours that a line of code names, without the leading <c>Gateway.</c>; texts and remarks don't count.</summary>
    private static IEnumerable<string> Known(string line) =>
        line.TrimStart().StartsWith("//", StringComparison.Ordinal) || line.StartsWith("namespace ", StringComparison.Ordinal)
            ? []
            : OurNamespace.Matches(Text.Replace(line, "")).Select(match => match.Groups[1].Value);

    private static bool May(string path, string known)
    {
        var rooms = known.Split('.');
        var own = path.Split('/');
        if (rooms[0] == own[0] && (own[0] != "Features" || own.Length < 3 || rooms.Length == 1 || rooms[1] == own[1])) return true;
        if (Exceptions.TryGetValue(path, out var exception) && (exception.Rooms.Contains("*") || exception.Rooms.Contains(rooms[0]))) return true;
        return MayKnow[own[0]].Contains(rooms[0]);
    }

    [GeneratedRegex("\"[^\"]*\"")]
    private static partial Regex Text { get; }

    [GeneratedRegex(@"\bGateway\.((?:Configuration|Routing|Pipeline|Forwarding|Runtime|Features|Hosting|Commands)(?:\.[A-Z]\w*)*)")]
    private static partial Regex OurNamespace { get; }
}
