using Gateway.Configuration;
using Gateway.Routing;

namespace Gateway.Runtime;

/// <summary>Makes the upstream keys of an entry into the rule that the route table matches by.</summary>
internal static class UpstreamCompiler
{
    private static readonly string[] AggregateMethods = ["GET"];

    /// <returns>Null after a problem.</returns>
    public static RouteRule? Compile(RouteSection section)
    {
        var faults = new List<TemplateFault>();
        var isCaseSensitive = section.ReadOwn(UpstreamKeys.RouteIsCaseSensitive) ?? false;
        var template = CompilePath(section, isCaseSensitive, faults);

        _ = HostPattern.TryParse(section.ReadOwn(UpstreamKeys.UpstreamHost), out var host, faults);
        section.Report("UpstreamHost", faults);
        var verbs = section.ReadOwn(UpstreamKeys.UpstreamHttpMethod) ?? (section.Level == Levels.Aggregate ? AggregateMethods : []);
        _ = MethodSet.TryParse(verbs, out var methods, faults);
        section.Report("UpstreamHttpMethod", faults);
        var headers = CompileHeaders(section, isCaseSensitive, faults);

        return template is null
            ? null
            : new RouteRule(template) { Host = host, Methods = methods, Headers = headers, Priority = section.ReadOwn(UpstreamKeys.Priority) ?? 1 };
    }

    /// <summary>Reports what a part of Routing found wrong with the text at <paramref name="path"/>, and empties the list.</summary>
    public static void Report(this RouteSection section, string path, ICollection<TemplateFault> faults)
    {
        foreach (var fault in faults) section.Error(path, fault.Message, fault.Fix);
        faults.Clear();
    }

    private static PathTemplate? CompilePath(RouteSection section, bool isCaseSensitive, List<TemplateFault> faults)
    {
        if (section.ReadOwn(UpstreamKeys.UpstreamPathTemplate) is not { } text)
        {
            if (!section.Has(UpstreamKeys.UpstreamPathTemplate) || section.IsEmptyText(UpstreamKeys.UpstreamPathTemplate))
                section.Error("UpstreamPathTemplate", "is missing: nothing says which requests the entry is for",
                    "Write \"UpstreamPathTemplate\": \"/…\"", ProblemCodes.Missing);
            return null;
        }
        _ = PathTemplate.TryParse(text, isCaseSensitive, out var template, faults);
        section.Report("UpstreamPathTemplate", faults);
        return template;
    }

    private static List<HeaderTemplate> CompileHeaders(RouteSection section, bool isCaseSensitive, List<TemplateFault> faults)
    {
        var headers = new List<HeaderTemplate>();
        if (section.ReadOwn(UpstreamKeys.UpstreamHeaderTemplates) is not { } written) return headers;
        foreach (var (name, pattern) in written)
        {
            if (HeaderTemplate.TryParse(name, pattern, isCaseSensitive, out var header, faults)) headers.Add(header);
            section.Report($"UpstreamHeaderTemplates.{name}", faults);
        }
        return headers;
    }
}
