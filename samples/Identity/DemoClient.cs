namespace Samples.Identity;

/// <summary>The programs that may ask for tokens. Their secrets are as public as the passwords of the users.</summary>
internal static class DemoClient
{
    /// <summary>The single-page app: public, authorization code with PKCE.</summary>
    public const string Spa = "spa";

    /// <summary>Another service: client credentials, gets JWTs.</summary>
    public const string Service = "service";

    /// <summary>A partner: client credentials, gets reference tokens, which can be revoked at once.</summary>
    public const string Partner = "reference-client";

    /// <summary>The gateway, which only asks whether tokens are good. It is an audience of every token too.</summary>
    public const string Gateway = "gateway";

    public static string SecretOf(string client) => $"{client}-secret";
}
