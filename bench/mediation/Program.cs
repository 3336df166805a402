using Gateway.Benchmarks.Mediation;

// plans: how fast each plan is by itself, and what memory it takes.  gateway: what mediation costs a gateway.  bombs: what bad bodies do to one.
string[] parts = args.Length > 0 ? args : ["plans", "gateway", "bombs"];
foreach (var part in parts)
{
    switch (part)
    {
        case "plans":
            PlanBenchmark.Run();
            break;
        case "gateway":
            await GatewayBenchmark.RunAsync();
            break;
        case "bombs":
            await BombBenchmark.RunAsync();
            break;
        default:
            await Console.Error.WriteLineAsync($"'{part}' is no part; parts are plans, gateway and bombs");
            return 2;
    }
}
return 0;
