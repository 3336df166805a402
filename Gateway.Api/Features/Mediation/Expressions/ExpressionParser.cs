using System.Globalization;
using Gateway.Features.Mediation.Json;
using static Gateway.Features.Mediation.Expressions.ExpressionTokenKind;

namespace Gateway.Features.Mediation.Expressions;

/// <summary>
/// Compiles an expression by operator precedence. A projection (<c>[*]</c>, <c>[]</c>, <c>[?…]</c>, a slice, <c>*</c>) takes everything to its
/// right that binds tighter than a pipe or comparison, and applies it to each element.
/// </summary>
internal sealed class ExpressionParser(string text)
{
    /// <summary>What binds less than this ends a projection.</summary>
    private const int EndOfProjection = 10;

    private readonly List<ExpressionToken> _tokens = new ExpressionLexer(text).Read();
    private int _at;

    private ExpressionToken Current => _tokens[_at];

    /// <exception cref="ExpressionSyntaxException">It isn't JMESPath.</exception>
    public Func<JsonValue, JsonValue> Parse()
    {
        var expression = Expression(0);
        return Current.Kind == End ? expression : throw Unexpected(Current);
    }

    private static int Power(ExpressionTokenKind kind) => kind switch
    {
        Pipe => 1,
        Or => 2,
        And => 3,
        Equal or NotEqual or Less or LessOrEqual or Greater or GreaterOrEqual => 5,
        Flatten => 9,
        Star => 20,
        Filter => 21,
        Dot => 40,
        Not => 45,
        LeftBrace => 50,
        LeftBracket => 55,
        LeftParen => 60,
        _ => 0,
    };

    private Func<JsonValue, JsonValue> Expression(int power)
    {
        var left = Begin(Take());
        while (power < Power(Current.Kind)) left = Go(Take(), left);
        return left;
    }

    private Func<JsonValue, JsonValue> Begin(ExpressionToken token)
    {
        switch (token.Kind)
        {
            case Literal:
                var value = token.Value!;
                return _ => value;
            case Name when Current.Kind == LeftParen:
                _at++;
                return Call(token);
            case Name or QuotedName:
                if (Current.Kind == LeftParen) throw new ExpressionSyntaxException("a function's name isn't quoted", token.Position);
                return Evaluation.Field(token.Text);
            case ExpressionTokenKind.Current:
                return v => v;
            case Star:
                return Evaluation.ProjectValues(v => v, Current.Kind == RightBracket ? v => v : Projected(Power(Star)));
            case Flatten:
                return Evaluation.Project(Evaluation.Flatten(v => v), Projected(Power(Flatten)));
            case Filter or LeftBracket when token.Kind == Filter || Current.Kind is Number or Colon || (Current.Kind == Star && _tokens[_at + 1].Kind == RightBracket):
                return Go(token, v => v);
            case LeftBracket:
                return MultiList();
            case LeftBrace:
                return MultiHash();
            case LeftParen:
                var inside = Expression(0);
                Expect(RightParen, "')'");
                return inside;
            case Not:
                var negated = Expression(Power(Not));
                return v => JsonLiteral.Of(!Mediation.Expressions.Expression.IsTruthy(negated(v)));
            default:
                throw Unexpected(token);
        }
    }

    private Func<JsonValue, JsonValue> Go(ExpressionToken token, Func<JsonValue, JsonValue> left)
    {
        switch (token.Kind)
        {
            case Dot when Current.Kind == Star:
                _at++;
                return Evaluation.ProjectValues(left, Projected(Power(Dot)));
            case Dot:
                return Evaluation.Chain(left, AfterDot(Power(Dot)));
            case Pipe:
                return Evaluation.Chain(left, Expression(Power(Pipe)));
            case Or:
                return Evaluation.Or(left, Expression(Power(Or)));
            case And:
                return Evaluation.And(left, Expression(Power(And)));
            case Flatten:
                return Evaluation.Project(Evaluation.Flatten(left), Projected(Power(Flatten)));
            case Filter:
                var condition = Expression(0);
                Expect(RightBracket, "']'");
                return Evaluation.Filter(left, condition, Current.Kind == Flatten ? v => v : Projected(Power(Filter)));
            case LeftBracket when Current.Kind is Number or Colon:
                return IndexOrSlice(left);
            case LeftBracket:
                Expect(Star, "an index, a slice or '*'");
                Expect(RightBracket, "']'");
                return Evaluation.Project(left, Projected(Power(Star)));
            case Equal or NotEqual or Less or LessOrEqual or Greater or GreaterOrEqual:
                return Evaluation.Compare(token.Kind, left, Expression(Power(token.Kind)));
            default:
                throw Unexpected(token);
        }
    }

    // What is applied to each element of a projection.
    private Func<JsonValue, JsonValue> Projected(int power)
    {
        if (Power(Current.Kind) < EndOfProjection) return v => v;
        if (Current.Kind is LeftBracket or Filter) return Expression(power);
        if (Current.Kind != Dot) throw Unexpected(Current);
        _at++;
        return AfterDot(power);
    }

    private Func<JsonValue, JsonValue> AfterDot(int power)
    {
        switch (Current.Kind)
        {
            case Name or QuotedName or Star:
                return Expression(power);
            case LeftBracket:
                _at++;
                return MultiList();
            case LeftBrace:
                _at++;
                return MultiHash();
            default:
                throw Unexpected(Current);
        }
    }

    private Func<JsonValue, JsonValue> IndexOrSlice(Func<JsonValue, JsonValue> left)
    {
        var start = Current.Position;
        var parts = new int?[3];
        var colons = 0;
        while (Current.Kind != RightBracket)
        {
            if (Current.Kind == Colon && colons < 2) colons++;
            else if (Current.Kind == Number && parts[colons] is null) parts[colons] = Integer(Current);
            else throw Unexpected(Current);
            _at++;
        }
        _at++;
        if (colons == 0) return Evaluation.Index(left, parts[0]!.Value);
        if (parts[2] == 0) throw new ExpressionSyntaxException("the step of a slice can't be 0", start);
        return Evaluation.Project(Evaluation.Slice(left, parts[0], parts[1], parts[2] ?? 1), Projected(Power(Star)));
    }

    private static int Integer(ExpressionToken token) => int.TryParse(token.Text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var value)
        ? value
        : throw new ExpressionSyntaxException($"{token.Text} is too large for an index", token.Position);

    private Func<JsonValue, JsonValue> MultiList()
    {
        var items = new List<Func<JsonValue, JsonValue>>();
        while (true)
        {
            items.Add(Expression(0));
            if (Current.Kind != Comma) break;
            _at++;
        }
        Expect(RightBracket, "']'");
        return Evaluation.List(items);
    }

    private Func<JsonValue, JsonValue> MultiHash()
    {
        var members = new List<(string, Func<JsonValue, JsonValue>)>();
        while (true)
        {
            var name = Take();
            if (name.Kind is not (Name or QuotedName)) throw Unexpected(name);
            Expect(Colon, "':'");
            members.Add((name.Text, Expression(0)));
            if (Current.Kind != Comma) break;
            _at++;
        }
        Expect(RightBrace, "'}'");
        return Evaluation.Hash(members);
    }

    private Func<JsonValue, JsonValue> Call(ExpressionToken name)
    {
        var arguments = new List<Argument>();
        while (Current.Kind != RightParen)
        {
            var isReference = Current.Kind == Reference;
            if (isReference) _at++;
            arguments.Add(new Argument(Expression(0), isReference));
            if (Current.Kind != Comma) break;
            _at++;
            if (Current.Kind == RightParen) throw Unexpected(Current);
        }
        Expect(RightParen, "')'");
        return FunctionTable.Call(name.Text, arguments, name.Position);
    }

    private ExpressionToken Take() => _tokens[Current.Kind == End ? _at : _at++];

    private void Expect(ExpressionTokenKind kind, string what)
    {
        if (Current.Kind != kind) throw new ExpressionSyntaxException($"{what} is missing", Current.Position);
        _at++;
    }

    private static ExpressionSyntaxException Unexpected(ExpressionToken token) => token.Kind == End
        ? new("the expression ends too early", token.Position)
        : new($"'{token.Text}' can't stand here", token.Position);
}
