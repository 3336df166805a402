using Gateway.Features.LoadBalancing;
using Gateway.Features.ServiceDiscovery.Static;
using Gateway.Forwarding;
using Gateway.Pipeline;
using Gateway.Tests.Support;

namespace Gateway.Tests.Forwarding;

/// <summary>What is tried elsewhere, where the network can't be made to fail in the way that matters.</summary>
public sealed class FailoverTests
{
    private static CancellationToken Stopping => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_connection_that_takes_too_long_is_tried_elsewhere_whatever_the_method()
    {
        var network = new Network(new TaskCanceledException("", new TimeoutException()));
        using var handler = network.Failover();

        using var answer = await network.SendAsync(handler, HttpMethod.Post);

        Assert.Equal(["a", "b"], network.Asked);
    }

    [Fact]
    public async Task A_client_that_left_is_not_a_connection_that_takes_too_long()
    {
        var network = new Network(new TaskCanceledException());
        using var handler = network.Failover();

        await Assert.ThrowsAsync<TaskCanceledException>(() => network.SendAsync(handler, HttpMethod.Get));

        Assert.Equal(["a"], network.Asked);
    }

    /// <summary>Two destinations; the first fails as told.</summary>
    private sealed class Network(Exception failure) : HttpMessageHandler
    {
        private readonly Destination[] _destinations = [new("a", 80), new("b", 80)];

        public List<string> Asked { get; } = [];

        public HttpMessageInvoker Failover()
        {
            var picker = new DestinationPicker(new StaticSource(_destinations), new NoLoadBalancer(), TimeProvider.System);
            return new HttpMessageInvoker(new FailoverHandler(new HttpMessageInvoker(this), picker));
        }

        public async Task<HttpResponseMessage> SendAsync(HttpMessageInvoker handler, HttpMethod method)
        {
            var exchange = TestExchange.Of(new DefaultHttpContext());
            exchange.Destination = _destinations[0];
            using var request = new HttpRequestMessage(method, new Uri("http://a/"));
            request.Attach(exchange);
            return await handler.SendAsync(request, Stopping);
        }

        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            Asked.Add(request.RequestUri!.Host);
            return Asked.Count == 1 ? Task.FromException<HttpResponseMessage>(failure) : Task.FromResult(new HttpResponseMessage());
        }
    }
}
