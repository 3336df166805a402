using Microsoft.AspNetCore.Http.HttpResults;

namespace Samples.Cart;

internal static class CartEndpoints
{
    private const int MostOfOneThing = 100;

    // An id becomes the name of a folder, so nothing else is one.
    private const string Id = "{id:regex(^[a-z0-9-]{{1,40}}$)}";

    public static void MapCarts(this WebApplication app)
    {
        var carts = app.MapGroup("/carts");
        carts.MapGet("/", (CartStore store) => store.All());
        carts.MapGet($"/{Id}", (string id, CartStore store) => store.Find(id));
        carts.MapPost($"/{Id}/items", Add);
    }

    private static Results<Created<ShoppingCart>, ProblemHttpResult> Add(string id, NewItem wanted, CartStore store)
    {
        if (wanted.Quantity is < 1 or > MostOfOneThing) return Refused($"'quantity' must be between 1 and {MostOfOneThing}.");
        if (Catalogue.Find(wanted.Sku, wanted.Quantity) is not { } item) return Refused($"'sku' must be one of {Catalogue.Skus}.");

        return TypedResults.Created($"/carts/{id}", store.Add(id, item));
    }

    private static ProblemHttpResult Refused(string detail) =>
        TypedResults.Problem(detail, statusCode: StatusCodes.Status422UnprocessableEntity);
}
