using Gateway.Features.QualityOfService;
using Microsoft.Extensions.Time.Testing;

namespace Gateway.Tests.Features.QualityOfService;

/// <summary>The states of a circuit (contract 06 §2.3; 00).</summary>
public sealed class CircuitTests
{
    private static readonly TimeSpan Break = TimeSpan.FromSeconds(1);
    private readonly FakeTimeProvider _time = new();

    [Theory]
    [InlineData(3, "FFF", true)]
    [InlineData(3, "FF", false)]
    [InlineData(3, "FFSFF", false)] // a success begins the count anew
    [InlineData(3, "FFSFFF", true)]
    [InlineData(3, "FFUF", true)] // what shows nothing doesn't
    [InlineData(1, "F", true)]
    [InlineData(2, "SSSSSSSSFF", true)]
    public void Failures_in_a_row_open_it(int limit, string calls, bool isOpen)
    {
        var circuit = Circuit(new FailuresInARow(limit));
        foreach (var call in calls) Call(circuit, call);

        Assert.Equal(isOpen, circuit.IsOpen);
    }

    [Theory]
    [InlineData(0.5, 4, "FSFS", false)] // opens on a failure only
    [InlineData(0.5, 4, "FSSF", true)]
    [InlineData(0.5, 4, "FFF", false)] // too few calls
    [InlineData(0.5, 4, "SSSSSF", false)]
    [InlineData(1.0, 3, "FFF", true)]
    [InlineData(1.0, 3, "SFFF", false)]
    [InlineData(0.1, 1, "F", true)]
    public void A_share_of_failures_opens_it(double share, int minimum, string calls, bool isOpen)
    {
        var circuit = Circuit(new ShareOfFailures(share, minimum, TimeSpan.FromSeconds(10)));
        foreach (var call in calls) Call(circuit, call);

        Assert.Equal(isOpen, circuit.IsOpen);
    }

    [Fact]
    public void Only_the_calls_of_the_sampling_duration_count()
    {
        var circuit = Circuit(new ShareOfFailures(0.5, 2, TimeSpan.FromSeconds(10)));
        Call(circuit, 'F');
        _time.Advance(TimeSpan.FromSeconds(11));
        Call(circuit, 'F');
        Assert.False(circuit.IsOpen);

        _time.Advance(TimeSpan.FromSeconds(8));
        Call(circuit, 'F');
        Assert.True(circuit.IsOpen);
    }

    [Fact]
    public void Says_how_long_it_stays_open()
    {
        var circuit = Open();
        _time.Advance(TimeSpan.FromSeconds(0.4));

        Assert.False(circuit.TryEnter(out _, out var wait));
        Assert.Equal(TimeSpan.FromSeconds(0.6), wait);
    }

    [Fact]
    public void Lets_one_probe_pass_after_the_break_and_no_other_beside_it()
    {
        var circuit = Open();
        _time.Advance(Break);

        Assert.True(circuit.TryEnter(out _, out _));
        Assert.False(circuit.TryEnter(out _, out _));
    }

    [Theory]
    [InlineData('S', true)]
    [InlineData('F', false)]
    public void The_probe_decides(char outcome, bool passes)
    {
        var circuit = Open();
        _time.Advance(Break);
        Call(circuit, outcome);

        Assert.Equal(passes, circuit.TryEnter(out _, out _));
    }

    [Fact]
    public void A_probe_that_shows_nothing_leaves_the_next_call_to_be_the_probe()
    {
        var circuit = Open();
        _time.Advance(Break);
        Call(circuit, 'U');

        Assert.True(circuit.TryEnter(out var probe, out _));
        Assert.False(circuit.TryEnter(out _, out _));
        circuit.Leave(probe, CallOutcome.Success);
        Assert.False(circuit.IsOpen);
    }

    [Theory]
    [InlineData(nameof(CallOutcome.Success))]
    [InlineData(nameof(CallOutcome.Failure))]
    public void The_late_end_of_an_old_call_changes_nothing(string ended)
    {
        var outcome = Enum.Parse<CallOutcome>(ended);
        var circuit = Circuit(new FailuresInARow(1));
        circuit.TryEnter(out var old, out _);
        Call(circuit, 'F');

        Assert.Equal(CircuitChange.None, circuit.Leave(old, outcome));
        Assert.True(circuit.IsOpen);

        _time.Advance(Break);
        Call(circuit, 'S');
        Assert.Equal(CircuitChange.None, circuit.Leave(old, outcome));
        Assert.False(circuit.IsOpen);
    }

    [Fact]
    public void Tells_of_opening_and_closing_once()
    {
        var circuit = Circuit(new FailuresInARow(1));

        Assert.Equal(CircuitChange.Opened, Call(circuit, 'F'));
        _time.Advance(Break);
        Assert.Equal(CircuitChange.None, Call(circuit, 'F'));
        _time.Advance(Break);
        Assert.Equal(CircuitChange.Closed, Call(circuit, 'S'));
    }

    private Circuit Circuit(IFailureCount failures) => new(failures, Break, _time);

    private Circuit Open()
    {
        var circuit = Circuit(new FailuresInARow(1));
        Call(circuit, 'F');
        return circuit;
    }

    private static CircuitChange Call(Circuit circuit, char outcome)
    {
        Assert.True(circuit.TryEnter(out var pass, out _));
        return circuit.Leave(pass, outcome switch { 'S' => CallOutcome.Success, 'F' => CallOutcome.Failure, _ => CallOutcome.Unknown });
    }
}
