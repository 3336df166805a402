namespace Samples.Cart;

/// <summary>The cart of one customer; its id is the customer's.</summary>
internal sealed record ShoppingCart(string Id, IReadOnlyList<CartItem> Items)
{
    public decimal Total => Items.Sum(item => item.Quantity * item.Price);
}
