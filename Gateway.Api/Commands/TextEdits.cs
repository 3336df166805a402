using System.Text;
using Gateway.Configuration;

namespace Gateway.Commands;

/// <summary>Changes to a text at places that are given by line and column; everything between them, comments too, stays as it is.</summary>
internal sealed class TextEdits(string text)
{
    private readonly List<int> _lines = [0, .. Enumerable.Range(0, text.Length).Where(i => text[i] == '\n').Select(i => i + 1)];
    private readonly SortedDictionary<int, (int Length, string Text)> _edits = [];

    /// <summary>Replaces the name or the scalar at a place.</summary>
    public void Replace(Origin place, string with) => _edits[Index(place)] = (Width(Index(place)), with);

    /// <summary>Removes a member whose value is a scalar, with the comma that parts it from its neighbours.</summary>
    public void Remove(Member member)
    {
        var start = Index(member.NameOrigin);
        var end = Index(member.Value.Origin) + Width(Index(member.Value.Origin));
        var next = end;
        while (next < text.Length && char.IsWhiteSpace(text[next]) && text[next] != '\n') next++;
        if (next < text.Length && text[next] == ',') end = next + 1;
        else
        {
            var previous = start - 1;
            while (previous > 0 && char.IsWhiteSpace(text[previous])) previous--;
            if (text[previous] == ',') start = previous;
        }
        if (end < text.Length && text[end] is '\n' or '\r')
            while (start > 0 && text[start - 1] is ' ' or '\t') start--;
        // A line that held nothing else goes as a whole.
        var line = start == 0 ? 0 : text.LastIndexOf('\n', start - 1) + 1;
        var rest = text.IndexOf('\n', end);
        if (rest >= 0 && text[line..start].Trim().Length == 0 && text[end..rest].Trim().Length == 0) (start, end) = (line, rest + 1);
        _edits[start] = (end - start, "");
    }

    public string Apply()
    {
        var result = new StringBuilder();
        var at = 0;
        foreach (var (start, (length, with)) in _edits)
        {
            if (start < at) continue; // inside something that was removed
            result.Append(text, at, start - at).Append(with);
            at = start + length;
        }
        return result.Append(text, at, text.Length - at).ToString();
    }

    // Columns count characters; outside the first plane a character takes two places of the string.
    private int Index(Origin place)
    {
        var index = _lines[place.Line - 1];
        for (var column = 1; column < place.Column; column++) index += char.IsHighSurrogate(text[index]) ? 2 : 1;
        return index;
    }

    private int Width(int start)
    {
        var end = text.IndexOf('\n', start);
        return SourceText.WidthAt(text[start..(end < 0 ? text.Length : end)], 1);
    }
}
