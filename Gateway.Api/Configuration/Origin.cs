namespace Gateway.Configuration;

/// <summary>Where a value stands. Lines and columns count from 1; a value that came from no file has line 0.</summary>
/// <param name="File">The file as the user named it, or what else set the value (<c>environment variable Routes__0__Key</c>).</param>
/// <param name="Line">The line, or 0.</param>
/// <param name="Column">The character in the line, or 0.</param>
internal readonly record struct Origin(string File, int Line, int Column)
{
    public override string ToString() => Line == 0 ? File : $"{File}:{Line}:{Column}";
}
