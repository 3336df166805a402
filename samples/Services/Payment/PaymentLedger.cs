using System.Collections.Concurrent;

namespace Samples.Payment;

/// <summary>The payments made since the service started; the demo forgets them when it stops.</summary>
internal sealed class PaymentLedger(TimeProvider time)
{
    private readonly ConcurrentDictionary<Guid, PaidPayment> _payments = new();

    public PaidPayment Pay(string cartId, decimal amount, string currency)
    {
        var payment = new PaidPayment(Guid.NewGuid(), cartId, amount, currency, "paid", time.GetUtcNow());
        _payments[payment.Id] = payment;
        return payment;
    }

    public PaidPayment? Find(Guid id) => _payments.GetValueOrDefault(id);
}
