namespace Gateway.Features.Authentication.Introspection;

/// <summary>A token couldn't be looked up; nothing is known about it.</summary>
internal sealed class IntrospectionException(string message, Exception? inner = null) : Exception(message, inner);
