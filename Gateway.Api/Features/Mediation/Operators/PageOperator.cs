using System.Globalization;
using System.Numerics;
using Gateway.Configuration;
using Gateway.Features.Mediation.Json;
using Gateway.Features.Mediation.Paths;
using Gateway.Features.Mediation.Plans;

namespace Gateway.Features.Mediation.Operators;

/// <summary>
/// Makes one form of page of whatever the service has.
/// <code>{ "Page": { "Items": "content", "Total": "totalElements", "Page": "number", "Size": "size", "FirstPage": 0, "Links": true,
/// "PageParam": "page", "SizeParam": "size" } }</code>
/// Buffers. Gives <c>{ items, page: { number, size, total, pages } }</c> with pages counted from 1, the header <c>X-Total-Count</c>, and
/// with <c>Links</c> the header <c>Link</c> (RFC 8288) made of the client's path and query with the service's page numbers. A missing or
/// non-numeric total, page or size, or a size of 0, fails the body (A27).
/// </summary>
internal sealed class PageOperator : Operator
{
    public override string Name => "Page";

    public override Step? Compile(DocumentNode value, PlanOptions step, PlanScope scope)
    {
        if (scope.Side == MediationSide.Request)
        {
            scope.Error(ProblemCodes.MisplacedKey, "pages are made of answers", "Move the step to Response");
            return null;
        }
        if (PlanOptions.Read(value, scope, "Items", "Total", "Page", "Size", "FirstPage", "Links", "PageParam", "SizeParam") is not { } options) return null;
        var paths = new JsonPath?[4];
        string[] keys = ["Items", "Total", "Page", "Size"];
        for (var i = 0; i < keys.Length; i++)
        {
            if (options.Find(keys[i]) is null) scope.Error(ProblemCodes.Missing, $"{keys[i]} isn't there", "Name the field of the service's answer");
            else if (options.Text(keys[i]) is { } text) paths[i] = PlanPaths.Parse(text, options.At(keys[i]), PathKinds.One);
        }
        var first = options.Integer("FirstPage", least: 0) ?? 0;
        if (paths.Any(p => p is null)) return null;
        return new PageStep(paths[0]!, paths[1]!, paths[2]!, paths[3]!, first, options.Boolean("Links", otherwise: true),
            options.Text("PageParam") ?? "page", options.Text("SizeParam") ?? "size");
    }

    private sealed class PageStep(JsonPath items, JsonPath total, JsonPath page, JsonPath size, long firstPage, bool links, string pageParam, string sizeParam)
        : ImmediateStep
    {
        protected override JsonValue Apply(JsonValue body, Execution execution)
        {
            var list = PathReader.First(body, items) ?? JsonArray.Empty;
            if (list.IsNull) list = JsonArray.Empty;
            if (list is not JsonArray) throw MediationFailure.Unprocessable($"{items} has to be an array");

            var (all, current, length) = (Count(body, total), Count(body, page), Count(body, size));
            if (length.IsZero) throw MediationFailure.Unprocessable($"{size} is 0, which makes no pages");
            var pages = (all + length - 1) / length;

            execution.Outcome.SetHeader("X-Total-Count", all.ToString(CultureInfo.InvariantCulture));
            if (links) execution.Outcome.SetHeader("Link", Links(execution.Context, current, length, pages));
            return new JsonObject(
            [
                new("items", list),
                new("page", new JsonObject([new("number", Number(current - firstPage + 1)), new("size", Number(length)), new("total", Number(all)), new("pages", Number(pages))])),
            ]);
        }

        private static JsonNumber Number(BigInteger value) => new(value.ToString(CultureInfo.InvariantCulture));

        private static BigInteger Count(JsonValue body, JsonPath path)
        {
            if (PathReader.First(body, path) is JsonNumber { Exact: { IsInteger: true, Negative: false, IsModest: true } count }) return count.Unscaled(0);
            if (PathReader.First(body, path) is JsonNumber { Exact.IsZero: true }) return BigInteger.Zero;
            throw MediationFailure.Unprocessable($"{path} has to be a whole number");
        }

        private string Links(IMediationContext context, BigInteger current, BigInteger length, BigInteger pages)
        {
            BigInteger first = firstPage;
            var last = first + BigInteger.Max(pages, 1) - 1;
            var links = new List<string> { Link(context, "first", first, length) };
            if (current > first) links.Add(Link(context, "prev", BigInteger.Min(current - 1, last), length));
            if (current < last) links.Add(Link(context, "next", current + 1, length));
            links.Add(Link(context, "last", last, length));
            return string.Join(", ", links);
        }

        // Everything else in the query stays as the client wrote it.
        private string Link(IMediationContext context, string relation, BigInteger page, BigInteger length)
        {
            var parts = context.QueryString.TrimStart('?').Split('&', StringSplitOptions.RemoveEmptyEntries).ToList();
            Put(parts, pageParam, page);
            Put(parts, sizeParam, length);
            return $"<{context.Path}?{string.Join('&', parts)}>; rel=\"{relation}\"";
        }

        private static void Put(List<string> parts, string name, BigInteger value)
        {
            var text = $"{Uri.EscapeDataString(name)}={value.ToString(CultureInfo.InvariantCulture)}";
            var at = parts.FindIndex(p => IsNamed(p, name));
            if (at < 0) parts.Add(text);
            else
            {
                parts[at] = text;
                for (var i = parts.Count - 1; i > at; i--)
                    if (IsNamed(parts[i], name)) parts.RemoveAt(i);
            }
        }

        private static bool IsNamed(string part, string name) => Uri.UnescapeDataString(part.Split('=')[0].Replace('+', ' ')) == name;
    }
}
