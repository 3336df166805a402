using System.Globalization;
using System.Text;

namespace Gateway.Benchmarks.Mediation;

/// <summary>Answers of an old service: a list of orders in an envelope, as many as fill the size.</summary>
internal static class Bodies
{
    public static readonly (string Name, int Bytes)[] Sizes = [("1 KB", 1024), ("100 KB", 100 * 1024), ("5 MB", 5 * 1024 * 1024)];

    public static byte[] OfSize(int bytes)
    {
        var body = new StringBuilder("""{"rc":0,"result":{"rows":[""");
        for (var i = 0; body.Length < bytes - 230; i++)
            body.Append(i == 0 ? "" : ",").Append(CultureInfo.InvariantCulture, $$"""
                {"order_id":{{9007199254740993 + i}},"customer_name":"Alpha & Beta, Söhne {{i}}","total":"{{i % 1000}}.50","created":{{1767225600 + i}},"status":"{{"NSX"[i % 3]}}","internal_cost":3.25,"audit":{"by":"x","at":"2026-01-01"},"lines":[{"sku":"A-{{i}}","qty":1}]}
                """);
        body.Append("]}}");
        return Encoding.UTF8.GetBytes(body.ToString());
    }
}
