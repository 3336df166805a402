namespace Gateway.Commands.Lints;

/// <summary>The kinds of warning that only <c>check</c> gives; <c>docs/problems.md</c> has a section for each.</summary>
internal static class LintCodes
{
    public const string UnusedPlaceholder = "unused_placeholder";
    public const string ProtectionGap = "protection_gap";
    public const string PrivateCache = "private_cache";
    public const string OpenCors = "open_cors";
    public const string WeakScheme = "weak_scheme";
    public const string Localhost = "localhost";
    public const string Loop = "loop";
    public const string SchemeAndPort = "scheme_port";
    public const string Unit = "unit";
    public const string UnknownHost = "unknown_host";
    public const string UnknownVerb = "unknown_verb";
}
