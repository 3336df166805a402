using System.Globalization;
using Gateway.Features.Mediation.Expressions;
using Gateway.Features.Mediation.Json;
using Gateway.Features.Mediation.Paths;
using Gateway.Features.Mediation.Values;
using Microsoft.AspNetCore.WebUtilities;

namespace Gateway.Features.Mediation.Plans;

/// <summary>Turns errors of the service, also a 200 with an error inside, into problem+json (RFC 9457; A23).</summary>
internal sealed class ErrorPlan
{
    public const string ContentType = "application/problem+json";

    // Said by the gateway, whatever the service says under these names.
    private static readonly string[] Own = ["status", "instance", "requestId"];

    /// <summary>For which answers; null: only those for which <see cref="If"/> is true.</summary>
    public When? When { get; init; }

    public Expression? If { get; init; }

    public int? Status { get; init; }

    public IReadOnlyList<(JsonPath From, StatusTable Table)> StatusFrom { get; init; } = [];

    /// <summary>The members of the problem as they are written down; null: the service's own.</summary>
    public IReadOnlyList<KeyValuePair<string, Template>>? Problem { get; init; }

    public IReadOnlyList<JsonPath> Hide { get; init; } = [];

    /// <summary>Whether the answer is an error whatever its body says.</summary>
    public bool Applies(IMediationContext context) => When?.Fits(context) ?? false;

    /// <summary>The problem that the client gets.</summary>
    /// <param name="body">The service's body; null when it isn't JSON.</param>
    /// <param name="execution">The exchange; gets the status.</param>
    public JsonValue Write(JsonValue? body, Execution execution)
    {
        var context = execution.Context;
        var status = StatusOf(body, context);
        execution.Outcome.Status = status;
        execution.Outcome.ContentType = ContentType;

        var members = Members(body is null ? null : PathRemover.Remove(body, Hide), context);
        var title = members["title"]?.AsScalarText is { Length: > 0 } text ? text : ReasonPhrases.GetReasonPhrase(status);
        var problem = JsonObject.Empty
            .With("type", members["type"] as JsonText ?? new JsonText("about:blank"))
            .With("title", new JsonText(title.Length > 0 ? title : "Error"))
            .With("status", new JsonNumber(status.ToString(CultureInfo.InvariantCulture)));
        foreach (var (name, value) in members.Members)
            if (name is not ("type" or "title") && !Own.Contains(name)) problem = problem.With(name, value);
        return problem.With("instance", new JsonText(context.Path)).With("requestId", new JsonText(context.RequestId));
    }

    private JsonObject Members(JsonValue? body, IMediationContext context)
    {
        if (body is null) return JsonObject.Empty;
        if (Problem is null) return body as JsonObject ?? JsonObject.Empty;
        var input = new TemplateInput(context, body);
        var members = new List<KeyValuePair<string, JsonValue>>();
        foreach (var (name, template) in Problem)
            if (template.Evaluate(in input) is { IsNull: false } value) members.Add(new(name, value));
        return new JsonObject(members);
    }

    private int StatusOf(JsonValue? body, IMediationContext context)
    {
        foreach (var (from, table) in StatusFrom)
            if (table.Find(body is null ? null : PathReader.First(body, from)) is { } status) return status;
        return Status ?? (context.Status >= 400 ? context.Status.Value : StatusCodes.Status502BadGateway);
    }
}
