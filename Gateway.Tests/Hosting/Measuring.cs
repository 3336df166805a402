namespace Gateway.Tests.Hosting;

/// <summary>
/// Tests of measurements, which run beside no others: what is measured belongs to the process, and a gateway of another test that ends takes
/// the series that both wrote with it.
/// </summary>
[CollectionDefinition(nameof(Measuring), DisableParallelization = true)]
public sealed class Measuring;
