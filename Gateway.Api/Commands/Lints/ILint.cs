namespace Gateway.Commands.Lints;

/// <summary>Looks for one kind of configuration that works and is probably not meant. Reports warnings only.</summary>
internal interface ILint
{
    void Look(LintedDocument document);
}
