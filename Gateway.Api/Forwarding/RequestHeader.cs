namespace Gateway.Forwarding;

/// <summary>Sets a header of a downstream request, on the message or on its content, wherever the platform wants it.</summary>
internal static class RequestHeader
{
    /// <param name="value">Null removes the header.</param>
    public static void Set(HttpRequestMessage request, string name, string? value)
    {
        request.Headers.Remove(name);
        request.Content?.Headers.Remove(name);
        if (value is null) return;
        if (!request.Headers.TryAddWithoutValidation(name, value)) request.Content?.Headers.TryAddWithoutValidation(name, value);
    }
}
