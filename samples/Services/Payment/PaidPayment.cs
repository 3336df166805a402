namespace Samples.Payment;

/// <summary>A payment that was made.</summary>
internal sealed record PaidPayment(Guid Id, string CartId, decimal Amount, string Currency, string Status, DateTimeOffset PaidAt);
