using Gateway.Pipeline;

namespace Gateway.Features.Mediation.Http;

/// <summary>
/// Runs a route's plan: the request's body on its way to the service, the answer's on its way back. Stands outside of whatever handlers it
/// is listed before, so that they see what the service sees.
/// </summary>
internal sealed class PayloadMediation(RouteMediation mediation) : DelegatingHandler
{
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var exchange = request.Exchange();
        var context = mediation.ContextOf(exchange);
        var mediated = new RequestMediation(mediation);
        try
        {
            await mediated.ApplyAsync(request, context, cancellationToken);
        }
        catch (MediationFailure failure)
        {
            throw mediation.Refuse(exchange, failure, MediationSide.Request);
        }

        HttpResponseMessage answer;
        try
        {
            answer = await base.SendAsync(request, cancellationToken);
        }
        catch (Exception) when (mediated.Failure is not null)
        {
            // The body broke off half-way through; what the service got of it can't be taken for the whole.
            throw mediation.Refuse(exchange, mediated.Failure, MediationSide.Request);
        }

        try
        {
            await new ResponseMediation(mediation).ApplyAsync(answer, request.Method, exchange, context, cancellationToken);
            return answer;
        }
        catch (MediationFailure failure)
        {
            answer.Dispose();
            throw mediation.Refuse(exchange, failure, MediationSide.Response);
        }
        catch
        {
            answer.Dispose();
            throw;
        }
    }
}
