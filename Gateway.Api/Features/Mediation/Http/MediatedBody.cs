using Gateway.Features.Mediation.Json;
using Gateway.Features.Mediation.Plans;
using Gateway.Features.Mediation.Streaming;

namespace Gateway.Features.Mediation.Http;

/// <summary>
/// One body on its way through a program: read from a stream and decoded, mediated, encoded again where wanted, and taken from
/// <see cref="Output"/>. Reads no faster than what it gives is taken.
/// </summary>
internal sealed class MediatedBody : IAsyncDisposable, IDisposable
{
    /// <summary>
    /// How much is mediated before anything is sent: a body that fails within it gets a proper answer, and a body that ends within it a length.
    /// </summary>
    private const int HeldBack = 16 * 1024;

    /// <summary>How many times larger than its encoded form a body may be, once it is larger than 64 KB.</summary>
    private const int MaxRatio = 100;
    private const int RatioMatters = 64 * 1024;

    private readonly MediationProgram _program;
    private readonly CountedStream _encoded;
    private readonly Stream _decoded;
    private readonly bool _isEncoded;
    private MediationRun? _run;
    private OutputBuffer? _recoded;
    private Stream? _encoder;

    private MediatedBody(MediationProgram program, MediationRun run, CountedStream encoded, Stream decoded)
    {
        _program = program;
        _run = run;
        _encoded = encoded;
        _decoded = decoded;
        _isEncoded = decoded != encoded;
        Outcome = run.Outcome;
    }

    public MediationOutcome Outcome { get; }

    /// <summary>Everything has been read and mediated.</summary>
    public bool IsComplete { get; private set; }

    public long BytesIn => _run?.BytesIn ?? 0;

    public long BytesOut { get; private set; }

    public IEnumerable<string> Unmatched => _run?.Unmatched.Select(s => s.Name) ?? [];

    /// <summary>What can be sent.</summary>
    public OutputBuffer Output => _recoded ?? _run!.Output;

    /// <param name="program">What is done with the body.</param>
    /// <param name="body">The body as it comes.</param>
    /// <param name="codings">The content codings that were applied to it.</param>
    /// <param name="context">The exchange.</param>
    /// <param name="cancellation">Ends what the steps wait for.</param>
    /// <exception cref="MediationFailure">A coding isn't known.</exception>
    public static MediatedBody Open(MediationProgram program, Stream body, IReadOnlyList<string> codings, IMediationContext context, CancellationToken cancellation)
    {
        var counted = new CountedStream(body);
        var decoded = ContentCoding.Decode(counted, codings)
            ?? throw new MediationFailure(MediationFault.WrongType, $"The body has a content coding that isn't known; known are {ContentCoding.Decodable}");
        return new MediatedBody(program, program.Begin(context, cancellation), counted, decoded);
    }

    /// <summary>Mediates until the whole body is done or enough of it to begin to send.</summary>
    /// <exception cref="MediationFailure">The body can't be mediated.</exception>
    public ValueTask HoldBackAsync(CancellationToken cancellation) => FillAsync(HeldBack, cancellation);

    /// <summary>Applies a content coding to all that is to be sent.</summary>
    public void Encode(string coding)
    {
        _recoded = new OutputBuffer();
        _encoder = ContentCoding.Encode(coding, new BufferStream(_recoded));
        Recode();
    }

    /// <summary>Mediates until there is this much to send, or the body is complete.</summary>
    public async ValueTask FillAsync(int wanted, CancellationToken cancellation)
    {
        while (!IsComplete && Output.Written.Length < wanted)
        {
            int count;
            try
            {
                count = await _decoded.ReadAsync(_run!.Input, cancellation);
            }
            catch (InvalidDataException)
            {
                throw MediationFailure.Malformed("The body's content coding is broken");
            }
            if (count > 0) _run.Advance(count);
            else
            {
                await _run.CompleteAsync();
                IsComplete = true;
            }
            if (_isEncoded && _run.BytesIn > RatioMatters && _run.BytesIn > _encoded.Count * MaxRatio)
                throw new MediationFailure(MediationFault.TooLarge, $"The body is more than {MaxRatio} times larger than its encoded form");
            Recode();
        }
    }

    public void Take(int count)
    {
        BytesOut += count;
        Output.Take(count);
    }

    public void Dispose()
    {
        Return();
        _decoded.Dispose();
    }

    public async ValueTask DisposeAsync()
    {
        Return();
        await _decoded.DisposeAsync();
    }

    private void Return()
    {
        if (_run is null) return;
        _program.Return(_run);
        _run = null;
        _recoded?.Clear();
    }

    private void Recode()
    {
        if (_encoder is null) return;
        var plain = _run!.Output;
        if (plain.Written.Length > 0)
        {
            _encoder.Write(plain.Written.Span);
            plain.Take(plain.Written.Length);
        }
        if (!IsComplete) return;
        _encoder.Dispose();
        _encoder = null;
    }
}
