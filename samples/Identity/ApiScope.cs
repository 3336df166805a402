namespace Samples.Identity;

/// <summary>The scopes that the gateway's routes ask for, one for each API, named as the API is.</summary>
internal static class ApiScope
{
    public const string Cart = "cart";
    public const string Payment = "payment";
    public const string MyPage = "mypage";

    public static IReadOnlyList<string> All { get; } = [Cart, Payment, MyPage];
}
