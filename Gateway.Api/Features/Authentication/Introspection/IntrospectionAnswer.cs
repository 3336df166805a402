using System.Security.Claims;
using System.Text.Json;

namespace Gateway.Features.Authentication.Introspection;

/// <summary>What the server said about a token.</summary>
/// <param name="IsActive">Whether the token is good. The server's word is final: nothing is checked behind its back.</param>
/// <param name="Claims">Its members as claims; empty for an inactive token.</param>
/// <param name="Expires">The token's <c>exp</c>, where the server told it.</param>
internal sealed record IntrospectionAnswer(bool IsActive, IReadOnlyList<Claim> Claims, DateTimeOffset? Expires)
{
    private const string Scope = "scope";

    // Seconds beyond the year 9999 are no time that anything could wait for.
    private const long LastSecond = 253_402_300_799;

    public static IntrospectionAnswer Of(JsonElement json)
    {
        var isActive = json.ValueKind == JsonValueKind.Object
            && json.TryGetProperty("active", out var active) && active.ValueKind == JsonValueKind.True;
        return isActive ? new IntrospectionAnswer(true, [.. ClaimsOf(json)], ExpiryOf(json)) : new IntrospectionAnswer(false, [], ExpiryOf(json));
    }

    /// <summary>Every member: a list gives a claim for each item, and scopes are told apart (contract 05 §9.6).</summary>
    private static IEnumerable<Claim> ClaimsOf(JsonElement json)
    {
        var issuer = json.TryGetProperty("iss", out var iss) && iss.ValueKind == JsonValueKind.String ? iss.GetString() : null;
        foreach (var member in json.EnumerateObject())
            foreach (var value in ValuesOf(member.Value))
                foreach (var text in member.Name == Scope ? value.Split(' ', StringSplitOptions.RemoveEmptyEntries) : [value])
                    yield return new Claim(member.Name, text, ClaimValueTypes.String, issuer);
    }

    private static IEnumerable<string> ValuesOf(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Null => [],
        JsonValueKind.String => [value.GetString()!],
        JsonValueKind.Array => value.EnumerateArray().SelectMany(ValuesOf),
        _ => [value.GetRawText()],
    };

    private static DateTimeOffset? ExpiryOf(JsonElement json) =>
        json.ValueKind == JsonValueKind.Object && json.TryGetProperty("exp", out var exp)
        && exp.ValueKind == JsonValueKind.Number && exp.TryGetInt64(out var seconds) && seconds is >= 0 and <= LastSecond
            ? DateTimeOffset.FromUnixTimeSeconds(seconds)
            : null;
}
