namespace Gateway.Tests;
public sealed class Smoke { [Fact] public void Builds() => Assert.NotNull(typeof(Gateway.Configuration.Origin)); }
