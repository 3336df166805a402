namespace Gateway.Commands.Lints;

/// <summary>All lints.</summary>
internal static class Linter
{
    private static readonly ILint[] All =
    [
        new ShadowedRoutes(), new DefaultProvider(), new UnusedPlaceholders(), new ProtectionGaps(), new RiskyOptions(), new DoubtfulHosts(), new OwnAddress(),
        new Units(), new Verbs(), new OddValues(), new GlobalValues(),
    ];

    public static void Look(LintedDocument document)
    {
        foreach (var lint in All) lint.Look(document);
    }
}
