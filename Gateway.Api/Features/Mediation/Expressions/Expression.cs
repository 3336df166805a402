using Gateway.Features.Mediation.Json;

namespace Gateway.Features.Mediation.Expressions;

/// <summary>
/// A JMESPath expression (jmespath.org/specification.html), compiled. Evaluates bodies whose numbers are their digits, which is why the
/// gateway has an evaluator of its own: those that exist compute with doubles.
/// </summary>
internal sealed class Expression
{
    private readonly Func<JsonValue, JsonValue> _evaluate;

    private Expression(string text, Func<JsonValue, JsonValue> evaluate)
    {
        Text = text;
        _evaluate = evaluate;
    }

    public string Text { get; }

    /// <exception cref="ExpressionSyntaxException">It isn't JMESPath, or calls a function that doesn't exist, or wrongly.</exception>
    public static Expression Parse(string text) => new(text, new ExpressionParser(text).Parse());

    /// <summary>The value of the expression; null where it finds nothing.</summary>
    /// <exception cref="MediationFailure">A function was given a value of a type that it doesn't take.</exception>
    public JsonValue Evaluate(JsonValue body) => _evaluate(body);

    /// <summary>Whether the value of the expression counts as true: anything but null, false and what is empty.</summary>
    public bool IsTrue(JsonValue body) => IsTruthy(_evaluate(body));

    public static bool IsTruthy(JsonValue value) => value switch
    {
        JsonText text => text.Value.Length > 0,
        JsonArray array => array.Items.Count > 0,
        JsonObject o => o.Members.Count > 0,
        _ => value != JsonLiteral.Null && value != JsonLiteral.False,
    };

    public override string ToString() => Text;
}
