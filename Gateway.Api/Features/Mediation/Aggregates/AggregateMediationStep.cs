using System.Runtime.ExceptionServices;
using Gateway.Features.Mediation.Http;
using Gateway.Pipeline;
using Microsoft.AspNetCore.Http.Features;

namespace Gateway.Features.Mediation.Aggregates;

/// <summary>
/// Mediates what an aggregate takes and what it answers. Both are in memory anyway, so that whatever fails is a proper refusal and never a
/// broken connection. Refusals of the gateway itself pass as they are: nothing of a service is in them.
/// </summary>
internal sealed class AggregateMediationStep(RouteMediation mediation) : IRouteStep
{
    public async Task InvokeAsync(Exchange exchange, RouteDelegate next)
    {
        var context = mediation.ContextOf(exchange);
        using var request = AggregateRequest.Of(exchange.Http);
        try
        {
            var mediated = await MediateAsync(exchange, request, context);
            await AnswerAsync(exchange, next, request, mediated, context);
        }
        catch (RefusalException refused)
        {
            await exchange.RefuseAsync(refused.Refusal, refused.Detail);
        }
    }

    private async Task<IHttpRequestFeature> MediateAsync(Exchange exchange, HttpRequestMessage request, ExchangeContext context)
    {
        var client = exchange.Http.Features.GetRequiredFeature<IHttpRequestFeature>();
        var original = request.Content;
        try
        {
            await new RequestMediation(mediation).ApplyAsync(request, context, exchange.Http.RequestAborted);
            return await AggregateRequest.ToFeatureAsync(request, original, client, exchange.Http.RequestAborted);
        }
        catch (MediationFailure failure)
        {
            throw mediation.Refuse(exchange, failure, MediationSide.Request);
        }
        catch (HttpRequestException wrapped) when (wrapped.InnerException is BadHttpRequestException bad)
        {
            ExceptionDispatchInfo.Throw(bad); // the client's fault, which the platform's reading dresses up as a service's
            throw;
        }
    }

    private async Task AnswerAsync(
        Exchange exchange, RouteDelegate next, HttpRequestMessage request, IHttpRequestFeature mediated, ExchangeContext context)
    {
        var http = exchange.Http;
        var client = http.Features.GetRequiredFeature<IHttpRequestFeature>();
        using var captured = new CapturedAnswer(http);
        try
        {
            http.Features.Set(mediated);
            await next(exchange);
            await captured.EndAsync();
        }
        catch (IOException) when (captured.IsTooLarge)
        {
            // The bound is the gateway's own, and so is the refusal, below.
        }
        finally
        {
            http.Features.Set(client);
            captured.Release();
        }

        if (captured.IsUpgraded) mediation.Skipped("upgrade");
        else if (http.Features.Get<Refusal>() is not null) await captured.SendAsync(http.RequestAborted);
        else await SendAsync(exchange, captured, request, context);
    }

    private async Task SendAsync(Exchange exchange, CapturedAnswer captured, HttpRequestMessage request, ExchangeContext context)
    {
        var cancellation = exchange.Http.RequestAborted;
        try
        {
            if (captured.IsTooLarge) throw new MediationFailure(MediationFault.TooLarge, $"The answer is larger than {BoundedBuffer.MaxBytes} bytes");
            using var answer = captured.ToMessage();
            await new ResponseMediation(mediation).ApplyAsync(answer, request.Method, exchange, context, cancellation);
            await captured.SendAsync(answer, cancellation);
        }
        catch (MediationFailure failure)
        {
            throw mediation.Refuse(exchange, failure, MediationSide.Response);
        }
    }
}
