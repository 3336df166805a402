namespace Samples.Identity;

/// <summary>
/// <c>POST /demo/rollover</c> makes a new signing key, as an identity server does every few months: the gateway must take tokens
/// signed with it without a restart. A real server lets nobody ask for that.
/// </summary>
internal static class KeyRolloverEndpoint
{
    public static void MapKeyRollover(this WebApplication app) =>
        app.MapPost("/demo/rollover", (SigningKeys keys) => TypedResults.Ok(new { kid = keys.RollOver() })).DisableAntiforgery();
}
