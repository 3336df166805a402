using System.Globalization;
using System.Numerics;
using Gateway.Configuration;
using Gateway.Features.Mediation.Json;
using Gateway.Features.Mediation.Values;

namespace Gateway.Features.Mediation.Expressions;

/// <summary>JMESPath's functions. Numbers are exact; only the quotient of <c>avg</c> is rounded, to 20 digits more than its numbers have.</summary>
internal static class FunctionTable
{
    private const int AverageDigits = 20;

    private static readonly Dictionary<string, Function> Functions = new(StringComparer.Ordinal)
    {
        ["abs"] = new("n", a => Number(a[0].Digits.TrimStart('-'))),
        ["avg"] = new("N", a => Average(a[0])),
        ["ceil"] = new("n", a => Round(a[0], up: true)),
        ["contains"] = new("sa,*", Contains),
        ["ends_with"] = new("s,s", a => JsonLiteral.Of(a[0].Text.EndsWith(a[1].Text, StringComparison.Ordinal))),
        ["floor"] = new("n", a => Round(a[0], up: false)),
        ["join"] = new("s,S", a => new JsonText(string.Join(a[0].Text, a[1].Items.Select(i => ((JsonText)i).Value)))),
        ["keys"] = new("o", a => new JsonArray([.. a[0].Members.Select(m => new JsonText(m.Key))])),
        ["length"] = new("sao", a => Number(Length(a[0].Value).ToString(CultureInfo.InvariantCulture))),
        ["map"] = new("&,a", a => new JsonArray([.. a[1].Items.Select(a[0].Expression!)])),
        ["max"] = new("NS", a => Extreme(a[0].Items, v => v, 1)),
        ["max_by"] = new("a,&", a => Extreme(a[0].Items, Keys(a[0], a[1], "max_by"), 1)),
        ["merge"] = new("o...", a => a.Aggregate(JsonObject.Empty, (merged, o) => o.Members.Aggregate(merged, (m, member) => m.With(member.Key, member.Value)))),
        ["min"] = new("NS", a => Extreme(a[0].Items, v => v, -1)),
        ["min_by"] = new("a,&", a => Extreme(a[0].Items, Keys(a[0], a[1], "min_by"), -1)),
        ["not_null"] = new("*...", a => a.FirstOrDefault(v => !v.Value.IsNull).Value ?? JsonLiteral.Null),
        ["reverse"] = new("sa", a => a[0].Value is JsonText text ? new JsonText(string.Concat(text.Value.EnumerateRunes().Reverse())) : new JsonArray([.. a[0].Items.Reverse()])),
        ["sort"] = new("NS", a => new JsonArray([.. a[0].Items.Order(ScalarOrder)])),
        ["sort_by"] = new("a,&", a => new JsonArray([.. a[0].Items.OrderBy(Keys(a[0], a[1], "sort_by"), ScalarOrder)])),
        ["starts_with"] = new("s,s", a => JsonLiteral.Of(a[0].Text.StartsWith(a[1].Text, StringComparison.Ordinal))),
        ["sum"] = new("N", a => Number(Sum(a[0].Items, out _).ToString())),
        ["to_array"] = new("*", a => a[0].Value as JsonArray ?? new JsonArray([a[0].Value])),
        ["to_number"] = new("*", a => Values.Conversions.ScalarConversions.ToNumber(a[0].Value) ?? JsonLiteral.Null),
        ["to_string"] = new("*", a => a[0].Value as JsonText ?? new JsonText(a[0].Value.ToString())),
        ["type"] = new("*", a => new JsonText(TypeOf(a[0].Value))),
        ["values"] = new("o", a => new JsonArray([.. a[0].Members.Select(m => m.Value)])),
    };

    private static readonly Comparer<JsonValue> ScalarOrder = Comparer<JsonValue>.Create((a, b) =>
        a is JsonNumber x && b is JsonNumber y ? x.Exact.CompareTo(y.Exact) : JsonComparison.CompareTexts(a.AsScalarText!, b.AsScalarText!));

    /// <summary>A call of a function.</summary>
    /// <exception cref="ExpressionSyntaxException">There is no such function, or it doesn't take these arguments.</exception>
    public static Func<JsonValue, JsonValue> Call(string name, IReadOnlyList<Argument> arguments, int position)
    {
        if (!Functions.TryGetValue(name, out var function))
        {
            var near = Spelling.Nearest(name, Functions.Keys);
            throw new ExpressionSyntaxException($"there is no function {name}(){(near is null ? "" : $"; did you mean {near}()?")}", position);
        }
        if (arguments.Count < function.Parameters.Length || (arguments.Count > function.Parameters.Length && !function.IsVariadic))
            throw new ExpressionSyntaxException(
                $"{name}() takes {(function.IsVariadic ? "at least " : "")}{function.Parameters.Length} argument{(function.Parameters.Length == 1 ? "" : "s")}, not {arguments.Count}", position);
        for (var i = 0; i < arguments.Count; i++)
        {
            if (arguments[i].IsReference != (function.Parameter(i) == "&"))
                throw new ExpressionSyntaxException(
                    $"argument {i + 1} of {name}() {(arguments[i].IsReference ? "is a value, without '&'" : "is an expression, written with '&'")}", position);
        }

        return v =>
        {
            var given = new Given[arguments.Count];
            for (var i = 0; i < given.Length; i++)
            {
                if (arguments[i].IsReference)
                {
                    given[i] = new Given(JsonLiteral.Null, arguments[i].Expression);
                    continue;
                }
                given[i] = new Given(arguments[i].Expression(v), null);
                if (!Fits(given[i].Value, function.Parameter(i)))
                    throw MediationFailure.Unprocessable($"Argument {i + 1} of {name}() is {given[i].Value.Kind} that it doesn't take");
            }
            return function.Apply(given);
        };
    }

    // n number, s text, a array, o object, N array of numbers, S array of texts, * anything.
    private static bool Fits(JsonValue value, string types)
    {
        foreach (var type in types)
        {
            var fits = type switch
            {
                'n' => value is JsonNumber,
                's' => value is JsonText,
                'a' => value is JsonArray,
                'o' => value is JsonObject,
                'N' => value is JsonArray numbers && numbers.Items.All(i => i is JsonNumber),
                'S' => value is JsonArray texts && texts.Items.All(i => i is JsonText),
                _ => true,
            };
            if (fits) return true;
        }
        return false;
    }

    private static JsonNumber Number(string digits) => new(digits);

    private static string TypeOf(JsonValue value) => value switch
    {
        JsonText => "string",
        JsonNumber => "number",
        JsonArray => "array",
        JsonObject => "object",
        _ => value.IsNull ? "null" : "boolean",
    };

    private static int Length(JsonValue value) => value switch
    {
        JsonText text => text.Value.EnumerateRunes().Count(),
        JsonArray array => array.Items.Count,
        _ => ((JsonObject)value).Members.Count,
    };

    private static JsonLiteral Contains(Given[] a) => JsonLiteral.Of(a[0].Value is JsonText text
        ? a[1].Value is JsonText part && text.Value.Contains(part.Value, StringComparison.Ordinal)
        : a[0].Items.Any(i => JsonComparison.AreEqual(i, a[1].Value)));

    private static JsonValue Extreme(IReadOnlyList<JsonValue> items, Func<JsonValue, JsonValue> key, int sign)
    {
        JsonValue? best = null;
        foreach (var item in items)
            if (best is null || ScalarOrder.Compare(key(item), key(best)) * sign > 0) best = item;
        return best ?? JsonLiteral.Null;
    }

    private static Func<JsonValue, JsonValue> Keys(Given array, Given expression, string function)
    {
        var keys = array.Items.Select(expression.Expression!).ToArray();
        if (!keys.All(k => k is JsonNumber) && !keys.All(k => k is JsonText))
            throw MediationFailure.Unprocessable($"The keys of {function}() are neither all numbers nor all texts");
        return expression.Expression!;
    }

    private static JsonDecimal Sum(IReadOnlyList<JsonValue> items, out int scale)
    {
        var numbers = items.Select(i => Modest(((JsonNumber)i).Exact)).ToArray();
        var digits = numbers.Length == 0 ? 0 : (int)numbers.Max(n => n.Scale);
        scale = digits;
        return JsonDecimal.Of(numbers.Aggregate(BigInteger.Zero, (sum, n) => sum + n.Unscaled(digits)), digits);
    }

    private static JsonValue Average(Given array)
    {
        if (array.Items.Count == 0) return JsonLiteral.Null;
        var digits = (int)Sum(array.Items, out var scale).Scale is var s && s > scale ? s : scale;
        var places = digits + AverageDigits;
        var quotient = BigInteger.DivRem(Sum(array.Items, out _).Unscaled(places + 1), array.Items.Count, out _);
        var rounded = BigInteger.DivRem(quotient + (quotient.Sign * 5), 10, out _);
        return Number(JsonDecimal.Of(rounded, places).ToString());
    }

    private static JsonNumber Round(Given number, bool up)
    {
        var exact = Modest(((JsonNumber)number.Value).Exact);
        if (exact.IsInteger || exact.IsZero) return Number(exact.ToString());
        var scale = (int)exact.Scale;
        var whole = BigInteger.DivRem(exact.Unscaled(scale), BigInteger.Pow(10, scale), out _);
        if (up && !exact.Negative) whole += 1;
        if (!up && exact.Negative) whole -= 1;
        return Number(JsonDecimal.Of(whole, 0).ToString());
    }

    private static JsonDecimal Modest(JsonDecimal number) => number.IsModest
        ? number
        : throw MediationFailure.Unprocessable("A number is too large, or has too many digits, to be calculated with");

    private sealed record Function(string Signature, Func<Given[], JsonValue> Apply)
    {
        public string[] Parameters { get; } = Signature.Replace("...", "", StringComparison.Ordinal).Split(',');

        public bool IsVariadic { get; } = Signature.EndsWith("...", StringComparison.Ordinal);

        public string Parameter(int place) => Parameters[Math.Min(place, Parameters.Length - 1)];
    }

    /// <summary>An argument with its value.</summary>
    private readonly record struct Given(JsonValue Value, Func<JsonValue, JsonValue>? Expression)
    {
        public string Text => ((JsonText)Value).Value;

        public string Digits => ((JsonNumber)Value).Digits;

        public IReadOnlyList<JsonValue> Items => ((JsonArray)Value).Items;

        public IReadOnlyList<KeyValuePair<string, JsonValue>> Members => ((JsonObject)Value).Members;
    }
}
