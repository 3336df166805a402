using System.Globalization;

namespace Gateway.Features.Aggregates.JsonPaths;

/// <summary>Reads the text of a path. A <see cref="FormatException"/> says what can't be read, as the end of a sentence.</summary>
internal sealed class JsonPathReader(string text)
{
    private readonly PathText _text = new(text);

    public IReadOnlyList<ISelector> Read()
    {
        var selectors = new List<ISelector>();
        if (_text.Take('$')) selectors.AddRange(ReadSteps());
        else if (!_text.IsAtEnd)
        {
            if (!_text.Is('[') && !_text.Is('.')) selectors.Add(ReadName());
            selectors.AddRange(ReadSteps());
        }
        return _text.IsAtEnd ? selectors : throw _text.Unexpected();
    }

    private List<ISelector> ReadSteps()
    {
        var selectors = new List<ISelector>();
        while (true)
        {
            if (_text.Take('.'))
            {
                if (_text.Take('.')) selectors.Add(new DescendantSelector());
                selectors.Add(_text.Take('[') ? ReadBracket() : ReadName());
            }
            else if (_text.Take('[')) selectors.Add(ReadBracket());
            else return selectors;
        }
    }

    private ISelector ReadName()
    {
        if (_text.Take('*')) return new WildcardSelector();
        var name = _text.TakeName();
        return name.Length > 0 ? new NameSelector([name]) : throw new FormatException($"a name is missing at character {_text.Position + 1}");
    }

    private ISelector ReadBracket()
    {
        ISelector selector;
        _text.SkipSpaces();
        if (_text.Take('*')) selector = new WildcardSelector();
        else if (_text.Take('?')) selector = ReadFilter();
        else if (_text.IsQuote) selector = ReadNames();
        else selector = ReadNumbers();
        _text.SkipSpaces();
        _text.Expect(']');
        return selector;
    }

    private NameSelector ReadNames()
    {
        var names = new List<string>();
        do
        {
            _text.SkipSpaces();
            names.Add(_text.TakeQuoted());
            _text.SkipSpaces();
        }
        while (_text.Take(','));
        return new NameSelector(names);
    }

    private ISelector ReadNumbers()
    {
        var first = _text.TakeInteger();
        _text.SkipSpaces();
        if (_text.Take(':')) return ReadSlice(first);
        if (first is null) throw _text.Unexpected();

        var indices = new List<int> { first.Value };
        while (_text.Take(','))
        {
            _text.SkipSpaces();
            indices.Add(_text.TakeInteger() ?? throw _text.Unexpected());
            _text.SkipSpaces();
        }
        return new IndexSelector(indices);
    }

    private SliceSelector ReadSlice(int? start)
    {
        var end = _text.TakeInteger();
        var step = _text.Take(':') ? _text.TakeInteger() ?? 1 : 1;
        return step > 0 ? new SliceSelector(start, end, step) : throw new FormatException(string.Create(CultureInfo.InvariantCulture, $"the step of a slice must be positive, was {step}"));
    }

    private FilterSelector ReadFilter()
    {
        _text.Expect('(');
        var anyOf = new List<IReadOnlyList<FilterCondition>>();
        do
        {
            var allOf = new List<FilterCondition>();
            do allOf.Add(ReadCondition());
            while (_text.Take("&&"));
            anyOf.Add(allOf);
        }
        while (_text.Take("||"));
        _text.Expect(')');
        return new FilterSelector(anyOf);
    }

    private FilterCondition ReadCondition()
    {
        _text.SkipSpaces();
        _text.Expect('@');
        var path = ReadSteps();
        _text.SkipSpaces();
        var comparison = PathText.Comparisons.FirstOrDefault(_text.Take);
        _text.SkipSpaces();
        var literal = comparison is null ? default : _text.TakeLiteral();
        _text.SkipSpaces();
        return new FilterCondition(path, comparison, literal);
    }
}
