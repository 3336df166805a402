namespace Gateway.Forwarding;

/// <summary>Fields that belong to one connection because its <c>Connection</c> field says so (RFC 9110 §7.6.1).</summary>
internal static class HopByHop
{
    /// <summary>The field names in one <c>Connection</c> value. <c>close</c>, <c>keep-alive</c> and <c>upgrade</c> name no field of their own.</summary>
    public static IEnumerable<string> Named(string? connection)
    {
        if (string.IsNullOrEmpty(connection) || IsOption(connection)) return [];
        return connection.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Where(n => !IsOption(n) && !IsKept(n));
    }

    public static void Remove(HttpRequestMessage request, string name)
    {
        if (!request.Headers.Remove(name)) request.Content?.Headers.Remove(name);
    }

    private static bool IsOption(string name) =>
        name.Equals("keep-alive", StringComparison.OrdinalIgnoreCase) || name.Equals("close", StringComparison.OrdinalIgnoreCase)
        || name.Equals("upgrade", StringComparison.OrdinalIgnoreCase);

    // A sender can't make the gateway forget what frames or routes the message.
    private static bool IsKept(string name) =>
        name.StartsWith("Content-", StringComparison.OrdinalIgnoreCase) || name.Equals("Host", StringComparison.OrdinalIgnoreCase)
        || name.Equals("TE", StringComparison.OrdinalIgnoreCase);
}
