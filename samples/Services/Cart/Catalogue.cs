using System.Collections.Frozen;

namespace Samples.Cart;

/// <summary>What the shop sells.</summary>
internal static class Catalogue
{
    private static readonly FrozenDictionary<string, (string Name, decimal Price)> Things = new Dictionary<string, (string, decimal)>
    {
        ["lamp"] = ("Desk lamp", 39.90m),
        ["mug"] = ("Coffee mug", 8.50m),
        ["pen"] = ("Fountain pen", 24.00m),
        ["book"] = ("Notebook", 6.20m),
    }.ToFrozenDictionary();

    public static string Skus { get; } = string.Join(", ", Things.Keys.Order(StringComparer.Ordinal));

    /// <summary>So many of the thing with that number, or none where the shop doesn't sell it.</summary>
    public static CartItem? Find(string? sku, int quantity) =>
        sku is not null && Things.TryGetValue(sku, out var thing) ? new(sku, thing.Name, quantity, thing.Price) : null;
}
