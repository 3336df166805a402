using System.Globalization;
using Microsoft.Extensions.Primitives;

namespace Gateway.Features.Mediation.Values;

/// <summary>A placeholder for something of the exchange: <c>{claim:sub}</c>, <c>{status}</c>.</summary>
internal sealed class ContextPlaceholder(ContextValue kind, string argument) : Placeholder
{
    public override bool IsFresh => kind == ContextValue.Uuid;

    public override string? Read(in TemplateInput input) => Read(input.Context);

    public string? Read(IMediationContext context) => kind switch
    {
        ContextValue.Claim => Joined(context.Claim(argument), ","),
        ContextValue.Header => Joined(context.Header(argument), ", "),
        ContextValue.Query => Joined(context.Query(argument), ","),
        ContextValue.Route => context.RouteValue(argument),
        ContextValue.Status => context.Status?.ToString(CultureInfo.InvariantCulture),
        ContextValue.Method => context.Method,
        ContextValue.Path => context.Path,
        ContextValue.RequestId => context.RequestId,
        ContextValue.Now => IsoTime.Write(context.Now),
        ContextValue.Uuid => context.NewGuid().ToString(),
        ContextValue.RemoteIp => context.RemoteIp,
        ContextValue.BaseUrl => context.BaseUrl,
        ContextValue.Env => context.EnvironmentVariable(argument),
        _ => throw new InvalidOperationException($"{kind} has no value."),
    };

    private static string? Joined(StringValues values, string separator) => values.Count switch
    {
        0 => null,
        1 => values[0],
        _ => string.Join(separator, values.AsEnumerable()),
    };
}
