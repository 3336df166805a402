namespace Gateway.Features.Authentication.Introspection;

/// <param name="Until">When it has to be asked for anew.</param>
internal sealed record RememberedAnswer(IntrospectionAnswer Answer, DateTimeOffset Until);
