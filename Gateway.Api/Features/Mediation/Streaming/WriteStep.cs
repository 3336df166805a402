using Gateway.Features.Mediation.Json;
using Gateway.Features.Mediation.Paths;
using Gateway.Features.Mediation.Plans;
using Gateway.Features.Mediation.Values;

namespace Gateway.Features.Mediation.Streaming;

/// <summary>Writes values at paths: everywhere (Set), or only where there is none yet or a null (Default).</summary>
internal sealed class WriteStep(IReadOnlyList<JsonPath> paths, IReadOnlyList<Template> values, bool onlyMissing) : StreamingStep
{
    private readonly PathState _root = PathAutomaton.Compile(paths);

    public override bool NeedsLengths => paths.Any(p => p.CountsFromEnd);

    public override Transformer Open(JsonSink next) => new WriteTransformer(next, _root, values, onlyMissing);
}
