using Microsoft.AspNetCore.Http.HttpResults;

namespace Samples.Payment;

internal static class PaymentEndpoints
{
    private const decimal MostAtOnce = 10_000m;
    private static readonly string[] Currencies = ["EUR", "CHF", "USD"];

    public static void MapPayments(this WebApplication app)
    {
        var payments = app.MapGroup("/payments");
        payments.MapGet("/{id:guid}", Find);
        payments.MapPost("/", Pay); // a body that isn't JSON is 415
    }

    private static Results<Ok<PaidPayment>, NotFound> Find(Guid id, PaymentLedger ledger) =>
        ledger.Find(id) is { } payment ? TypedResults.Ok(payment) : TypedResults.NotFound();

    private static Results<Created<PaidPayment>, ProblemHttpResult> Pay(NewPayment wanted, PaymentLedger ledger)
    {
        if (string.IsNullOrWhiteSpace(wanted.CartId)) return Refused("'cartId' must name the cart that is paid.");
        if (wanted.Amount is <= 0 or > MostAtOnce) return Refused($"'amount' must be positive and at most {MostAtOnce}.");
        if (!Currencies.Contains(wanted.Currency)) return Refused($"'currency' must be one of {string.Join(", ", Currencies)}.");

        var payment = ledger.Pay(wanted.CartId, wanted.Amount, wanted.Currency!);
        return TypedResults.Created($"/payments/{payment.Id}", payment);
    }

    private static ProblemHttpResult Refused(string detail) =>
        TypedResults.Problem(detail, statusCode: StatusCodes.Status422UnprocessableEntity);
}
