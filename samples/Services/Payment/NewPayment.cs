namespace Samples.Payment;

/// <summary>What a client asks to have paid.</summary>
internal sealed record NewPayment(string? CartId, decimal Amount, string? Currency = "EUR");
