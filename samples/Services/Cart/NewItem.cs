namespace Samples.Cart;

/// <summary>What a client asks to put into a cart.</summary>
internal sealed record NewItem(string? Sku, int Quantity = 1);
