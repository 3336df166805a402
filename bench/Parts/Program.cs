using BenchmarkDotNet.Running;
using Gateway.Benchmarks;

BenchmarkSwitcher.FromAssembly(typeof(ShortRuns).Assembly).Run(args.Length > 0 ? args : ["--filter", "*"], new ShortRuns());
