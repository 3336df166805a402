namespace Samples.Identity;

/// <summary>The values of the <c>role</c> claim.</summary>
internal static class Role
{
    public const string Customer = "customer";

    /// <summary>May make payments: what the gateway's route for them requires.</summary>
    public const string Payer = "payer";
}
