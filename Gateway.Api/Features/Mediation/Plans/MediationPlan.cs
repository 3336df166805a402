using System.Collections.Concurrent;
using System.Globalization;

namespace Gateway.Features.Mediation.Plans;

/// <summary>
/// A compiled <c>Mediation</c> section with the profiles that it uses. Immutable but for what it remembers of choices made; serves many
/// exchanges at once.
/// </summary>
internal sealed class MediationPlan
{
    private readonly ConcurrentDictionary<string, MediationProgram?> _programs = new(StringComparer.Ordinal);
    private readonly IReadOnlyList<PlanSide> _requests;
    private readonly IReadOnlyList<PlanSide> _responses;
    private readonly bool _requestIsFixed;
    private readonly bool _responseIsFixed;
    private readonly MediationProgram? _request;
    private readonly MediationProgram? _response;

    public MediationPlan(IReadOnlyList<PlanSide> requests, IReadOnlyList<PlanSide> responses, ErrorPlan? errors, PlanReads reads, string hash, PlanScope scope)
    {
        _requests = requests;
        _responses = responses;
        Errors = errors;
        Reads = reads;
        Hash = hash;
        Scope = scope;
        // Most plans have nothing to choose from; they are decided once.
        _requestIsFixed = requests.All(s => s.IsFixed);
        _responseIsFixed = errors is null && responses.All(s => s.IsFixed);
        if (_requestIsFixed) _request = Program(MediationSide.Request, [.. requests.Select(s => s.Variants.Count - 1)], isError: false);
        if (_responseIsFixed) _response = Program(MediationSide.Response, [.. responses.Select(s => s.Variants.Count - 1)], isError: false);
    }

    /// <summary>What turns errors of the service into problems; null when nothing does.</summary>
    public ErrorPlan? Errors { get; }

    /// <summary>What of the exchange the plan reads.</summary>
    public PlanReads Reads { get; }

    /// <summary>Another plan has another hash; 16 hexadecimal digits.</summary>
    public string Hash { get; }

    /// <summary>Where the plan stands in the document.</summary>
    public PlanScope Scope { get; }

    /// <summary>The profiles' sides in the order of <c>Use</c>, then the plan's own.</summary>
    public IReadOnlyList<PlanSide> Layers(MediationSide side) => side == MediationSide.Request ? _requests : _responses;

    /// <summary>Whether answers may be changed.</summary>
    public bool HasAnswers => Errors is not null || _responses.Any(s => s.Variants.Count > 0);

    /// <summary>
    /// Stands for the plan and the values of the exchange that it reads: two answers of one resource with the same mark were made in the
    /// same way. Part of entity tags and of cache keys; 16 hexadecimal digits.
    /// </summary>
    public string Mark(IMediationContext context) => Reads.IsEmpty ? Hash : Reads.Mark(Hash, context);

    /// <summary>What is to be done with a body of this exchange; null when none of the variants fits and the body stays as it is.</summary>
    public MediationProgram? Choose(MediationSide side, IMediationContext context)
    {
        if (side == MediationSide.Request ? _requestIsFixed : _responseIsFixed) return side == MediationSide.Request ? _request : _response;
        var layers = Layers(side);
        Span<int> choice = stackalloc int[layers.Count];
        for (var i = 0; i < layers.Count; i++) choice[i] = layers[i].Choose(context);
        return Program(side, choice, side == MediationSide.Response && Errors is not null && Errors.Applies(context));
    }

    /// <summary>What is done with bodies of one combination of variants.</summary>
    /// <param name="side">The side.</param>
    /// <param name="choice">For each layer which variant, or -1 for none.</param>
    /// <param name="isError">Whether the answer is an error whatever its body says.</param>
    public MediationProgram? Program(MediationSide side, ReadOnlySpan<int> choice, bool isError)
    {
        var layers = Layers(side);
        var key = $"{side}{isError}";
        foreach (var variant in choice) key = string.Create(CultureInfo.InvariantCulture, $"{key}{variant},");
        if (_programs.TryGetValue(key, out var known)) return known;

        var chosen = new List<PlanVariant>();
        for (var i = 0; i < layers.Count; i++)
            if (choice[i] >= 0) chosen.Add(layers[i].Variants[choice[i]]);
        var errors = side == MediationSide.Response && (isError || Errors?.If is not null) ? Errors : null;
        // A variant without steps and limits says that the body stays as it is.
        if (chosen.All(v => v is { Steps.Count: 0, Accept: null, MaxBytes: null })) chosen.Clear();
        return _programs.GetOrAdd(key, chosen.Count == 0 && errors is null ? null : new MediationProgram(side, chosen, errors, isError));
    }
}
