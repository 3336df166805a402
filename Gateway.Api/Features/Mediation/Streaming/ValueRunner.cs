using Gateway.Features.Mediation.Json;
using Gateway.Features.Mediation.Plans;

namespace Gateway.Features.Mediation.Streaming;

/// <summary>Passes a value that is in memory through steps that are made for passing bodies.</summary>
internal sealed class ValueRunner
{
    private readonly JsonBuilder _result = new();
    private readonly TransformerChain _chain;
    private readonly LocatingSink _head;

    public ValueRunner(IReadOnlyList<StreamingStep> steps)
    {
        _chain = new TransformerChain(steps, _result);
        _head = new LocatingSink(_chain.Head);
    }

    public JsonValue Run(JsonValue value, Execution execution)
    {
        _result.TryRestart();
        _head.Reset();
        _chain.Begin(execution);
        try
        {
            value.WriteTo(_head);
            _head.End();
        }
        catch (MediationFailure failure)
        {
            failure.Pointer ??= _head.Pointer;
            throw;
        }
        return _result.Take();
    }
}
