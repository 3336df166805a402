namespace Samples.Cart;

/// <summary>So many of one thing, and what one of it costs.</summary>
internal sealed record CartItem(string Sku, string Name, int Quantity, decimal Price);
