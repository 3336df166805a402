namespace Gateway.Routing;

/// <summary>
/// What the placeholders of one request stand for. Captured values are encoded, as the client wrote them; values that are set are plain
/// text and get encoded, so that none can add a segment, a parameter or a fragment to a URL. Names are compared exactly. Belongs to one
/// request; not synchronised.
/// </summary>
internal sealed class RouteValues
{
    private static readonly Slice[] NoSlices = [];

    private readonly PathTemplate? _template;
    private readonly Slice[] _captured = NoSlices;
    private readonly string _path = "";
    private readonly string _query = "";
    private List<(string Name, string Encoded)>? _set;

    /// <summary>No values.</summary>
    public RouteValues()
    {
    }

    private RouteValues(PathTemplate template, in RouteRequest request)
    {
        _template = template;
        _path = request.Path.Text;
        _query = request.Query;
        if (template.Names.Count == 0) return;

        _captured = new Slice[template.Names.Count];
        if (!template.Matches(request.Path.Key, request.QueryText, _captured))
            throw new ArgumentException("Only a request that fits a template has values.", nameof(request));

        var queryStart = request.Query.Length - request.QueryText.Length;
        for (var i = 0; i < _captured.Length; i++)
        {
            var value = _captured[i];
            _captured[i] = template.IsInQuery(i) ? value with { Start = queryStart + value.Start } : InText(request.Path, value);
        }
    }

    private RouteValues(RouteValues other)
    {
        (_template, _captured, _path, _query) = (other._template, other._captured, other._path, other._query);
        _set = other._set is null ? null : [.. other._set];
    }

    /// <summary>Reads the values from a request that the rule fits. On a clash of names the path's counts, not the header's.</summary>
    public static RouteValues Capture(RouteRule rule, in RouteRequest request)
    {
        var values = new RouteValues(rule.Template, request);
        for (var i = 0; i < rule.Headers.Count; i++) rule.Headers[i].Capture(request.Headers, values);
        return values;
    }

    /// <summary>The same values for another request's use.</summary>
    public RouteValues Copy() => new(this);

    /// <summary>Whether there are no values at all.</summary>
    public bool IsEmpty => _captured.Length == 0 && _set is null;

    /// <summary>The encoded value of a name.</summary>
    public bool TryGet(string name, out string value)
    {
        var found = TryFind(name, out var text, out _);
        value = found ? text.ToString() : "";
        return found;
    }

    /// <summary>The value of a name as plain text, decoded once.</summary>
    public bool TryGetText(string name, out string value)
    {
        var found = TryGet(name, out value);
        value = PercentEncoding.Unescape(value);
        return found;
    }

    /// <summary>Gives a name a value, in place of a captured one.</summary>
    /// <param name="name">The placeholder's name.</param>
    /// <param name="value">Plain text.</param>
    public void Set(string name, string value)
    {
        _set ??= [];
        _set.RemoveAll(entry => entry.Name == name);
        _set.Add((name, PercentEncoding.Escape(value)));
    }

    /// <summary>Gives a name a value unless it has one.</summary>
    public void SetIfAbsent(string name, string value)
    {
        if (!TryFind(name, out _, out _)) Set(name, value);
    }

    /// <summary>Whether there is a value of this name.</summary>
    public bool Has(ReadOnlySpan<char> name, StringComparison comparison)
    {
        for (var i = 0; i < _captured.Length; i++)
        {
            if (name.Equals(_template!.Names[i], comparison)) return true;
        }

        if (_set is null) return false;
        foreach (var entry in _set)
        {
            if (name.Equals(entry.Name, comparison)) return true;
        }
        return false;
    }

    /// <summary>Writes a value as a piece of a path.</summary>
    public void AppendToPath(ref TextBuffer buffer, string name)
    {
        var text = Find(name, out var isQuery);
        if (isQuery) PercentEncoding.AppendPath(ref buffer, text);
        else buffer.Append(text);
    }

    /// <summary>Writes a value as a piece of a query.</summary>
    public void AppendToQuery(ref TextBuffer buffer, string name)
    {
        var text = Find(name, out var isQuery);
        if (isQuery) PercentEncoding.AppendQuery(ref buffer, text);
        else PercentEncoding.AppendPathInQuery(ref buffer, text);
    }

    private ReadOnlySpan<char> Find(string name, out bool isQuery) =>
        TryFind(name, out var text, out isQuery)
            ? text
            : throw new InvalidOperationException($"The placeholder '{{{name}}}' has no value.");

    private bool TryFind(string name, out ReadOnlySpan<char> text, out bool isQuery)
    {
        isQuery = false;
        text = default;
        if (_set is not null)
        {
            foreach (var entry in _set)
            {
                if (entry.Name != name) continue;
                text = entry.Encoded;
                return true;
            }
        }

        for (var i = 0; i < _captured.Length; i++)
        {
            if (_template!.Names[i] != name) continue;
            isQuery = _template.IsInQuery(i);
            text = (isQuery ? _query : _path).AsSpan(_captured[i].Start, _captured[i].Length);
            return true;
        }
        return false;
    }

    /// <summary>The place in the path as sent of a place in its comparable spelling.</summary>
    private static Slice InText(RequestPath path, Slice slice)
    {
        if (ReferenceEquals(path.Text, path.Key)) return slice;

        var start = PercentEncoding.CanonicalIndex(path.Text, slice.Start);
        return new Slice(start, PercentEncoding.CanonicalIndex(path.Text, slice.Start + slice.Length) - start);
    }
}
