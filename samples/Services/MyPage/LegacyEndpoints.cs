using System.Text.Json;

namespace Samples.MyPage;

/// <summary>
/// A service as one finds them: everything under <c>result</c>, short names in snake case, and fields that no client should see
/// (<c>internal_cost</c>, <c>audit</c>). Nobody dares to change it; the gateway mediates it into something fit for a browser.
/// </summary>
internal static class LegacyEndpoints
{
    private static readonly JsonSerializerOptions Snake = new() { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower };

    public static void MapLegacyPage(this WebApplication app) =>
        app.MapGet("/legacy/my_page", (string usr) => TypedResults.Json(Page(usr), Snake));

    private static object Page(string usr) => new
    {
        Rc = 0,
        Srv = "mypage-legacy/2.4.1",
        Result = new
        {
            Page = new
            {
                UsrId = usr,
                UsrNm = usr.Length == 0 ? "" : char.ToUpperInvariant(usr[0]) + usr[1..] + " Example",
                UsrMail = $"{usr}@example.test",
                BonusPts = 1280,
                InternalCost = 3.17m,
                Audit = new { ChgBy = "batch07", ChgTs = 1767225600 },
                OpenOrders = new[]
                {
                    new
                    {
                        OrderId = 9007199254740993, // past what a double can hold: a gateway that rounds would show it
                        OrderTotal = 12.50m,
                        OrderState = "S",
                        InternalCost = 1.04m,
                        Audit = new { ChgBy = "batch07", ChgTs = 1767225600 },
                    },
                    new
                    {
                        OrderId = 9007199254740995,
                        OrderTotal = 48.40m,
                        OrderState = "N",
                        InternalCost = 4.75m,
                        Audit = new { ChgBy = "cgi-bin", ChgTs = 1767312000 },
                    },
                },
            },
        },
    };
}
