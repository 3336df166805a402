namespace Gateway.Features.Mediation.Json;

/// <summary>
/// The names met so far in each object that is open, as hashes. Grows with the width of the open objects only, and keeps its memory for the
/// next body.
/// </summary>
internal sealed class NameSets
{
    // Beyond this many members a linear search costs more than a hash table.
    private const int Narrow = 16;

    private readonly List<int> _starts = [];
    private readonly List<Dictionary<ulong, ulong>?> _wide = [];
    private ulong[] _names = new ulong[64];
    private ulong[] _owners = new ulong[64];
    private int _top;

    /// <summary>Forgets all names, also those of objects that a body left open when it was refused.</summary>
    public void Clear()
    {
        while (_starts.Count > 0) Close();
    }

    /// <summary>An object begins.</summary>
    public void Open()
    {
        _starts.Add(_top);
        if (_wide.Count < _starts.Count) _wide.Add(null);
    }

    /// <summary>The innermost object ends.</summary>
    public void Close()
    {
        _top = _starts[^1];
        _starts.RemoveAt(_starts.Count - 1);
        var wide = _wide[_starts.Count];
        if (wide is null || wide.Count == 0) return;
        // A table that one monstrous object has blown up isn't kept for the small ones.
        if (wide.Count > 4096) _wide[_starts.Count] = null;
        else wide.Clear();
    }

    /// <summary>Notes that the innermost object has this name, because of that source.</summary>
    /// <returns>False when it has the name from another source.</returns>
    public bool TryAdd(ulong name, ulong owner)
    {
        var start = _starts[^1];
        if (_top - start < Narrow) return TryAddNarrow(name, owner, start);

        var wide = _wide[_starts.Count - 1] ??= [];
        if (wide.Count == 0)
            for (var i = start; i < _top; i++) wide[_names[i]] = _owners[i];
        return wide.TryAdd(name, owner) || wide[name] == owner;
    }

    private bool TryAddNarrow(ulong name, ulong owner, int start)
    {
        var found = _names.AsSpan(start, _top - start).IndexOf(name);
        if (found >= 0) return _owners[start + found] == owner;

        if (_top == _names.Length)
        {
            Array.Resize(ref _names, _top * 2);
            Array.Resize(ref _owners, _top * 2);
        }
        (_names[_top], _owners[_top]) = (name, owner);
        _top++;
        return true;
    }
}
