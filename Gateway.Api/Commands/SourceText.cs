namespace Gateway.Commands;

/// <summary>Lines of the files that problems stand in, for showing them.</summary>
internal sealed class SourceText
{
    private readonly Dictionary<string, string[]> _files = new(StringComparer.Ordinal);

    /// <summary>The line, counted from 1; null where the file can't be read any more or has no such line.</summary>
    public string? Line(string file, int number)
    {
        if (!_files.TryGetValue(file, out var lines)) _files[file] = lines = Read(file);
        return number >= 1 && number <= lines.Length ? lines[number - 1] : null;
    }

    /// <summary>How many characters the name, text or number at a column (from 1) takes.</summary>
    public static int WidthAt(string line, int column)
    {
        var start = column - 1;
        if (start < 0 || start >= line.Length) return 1;
        if (line[start] == '"')
        {
            for (var i = start + 1; i < line.Length; i++)
            {
                if (line[i] == '\\') i++;
                else if (line[i] == '"') return i - start + 1;
            }
            return line.Length - start;
        }
        var end = start;
        while (end < line.Length && (char.IsLetterOrDigit(line[end]) || line[end] is '.' or '-' or '+')) end++;
        return Math.Max(1, end - start);
    }

    private static string[] Read(string file)
    {
        try
        {
            return File.ReadAllText(file).Split('\n');
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException)
        {
            return [];
        }
    }
}
