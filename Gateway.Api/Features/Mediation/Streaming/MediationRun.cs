using System.Buffers;
using System.Text;
using Gateway.Features.Mediation.Json;
using Gateway.Features.Mediation.Plans;

namespace Gateway.Features.Mediation.Streaming;

/// <summary>
/// The mediation of one body: bytes go in at <see cref="Input"/>, mediated bytes are taken from <see cref="Output"/>. Serves one body after
/// another.
/// </summary>
internal sealed class MediationRun
{
    /// <summary>How much of a body is looked at at once.</summary>
    private const int WindowSize = 8 * 1024;

    /// <summary>How much is looked at again for the sake of a faster way through what follows.</summary>
    private const int SmallRest = 1024;

    private readonly MediationProgram _program;
    private readonly IReadOnlyList<StepChain.Part> _parts;
    private readonly TransformerChain _chain;
    private readonly bool _isPassing;
    private readonly int _firstPart;
    private readonly JsonBuilder? _builder;
    private readonly OutputBuffer? _raw;
    private readonly JsonTokenizer _tokenizer;
    private readonly JsonWriter _writer;

    private Execution? _execution;
    private byte[] _window = [];
    private int _start;
    private int _end;
    private bool _begun;
    private int _pending; // bytes that the tokenizer has seen and left
    private bool _isPendingAscii = true;
    private MediationFailure? _malformedError;

    public MediationRun(MediationProgram program)
    {
        _program = program;
        _parts = program.Chain.Parts;
        _writer = new JsonWriter(Output);
        _isPassing = program.Chain.IsStreaming && program.Errors is null;
        if (!_isPassing) _builder = new JsonBuilder();
        // The bytes are kept where they may be wanted again, or where they are no JSON.
        if (program.From is not null || program.IsUntouched || program.PassThroughOnError) _raw = new OutputBuffer();
        // Whether the body is an error is to be seen before a step works on it.
        var passing = _parts.Count > 0 && program.Errors is null ? _parts[0].Streaming : [];
        _firstPart = passing.Count > 0 ? 1 : 0;
        _chain = new TransformerChain(passing, _builder ?? (JsonSink)_writer);
        _tokenizer = new JsonTokenizer(_chain.Head, refuseDuplicates: program.Side == MediationSide.Request);
    }

    /// <summary>Where the next bytes of the body are to be put; never empty.</summary>
    public Memory<byte> Input => _window.AsMemory(_end);

    /// <summary>What has been mediated and wasn't taken away yet.</summary>
    public OutputBuffer Output { get; } = new();

    public MediationOutcome Outcome => _execution!.Outcome;

    /// <summary>How many decoded bytes went in.</summary>
    public long BytesIn { get; private set; }

    /// <summary>The steps that found nothing to do, of those that the body passed through.</summary>
    public IEnumerable<Step> Unmatched => _chain.Unmatched;

    public void Begin(IMediationContext context, CancellationToken cancellation)
    {
        _execution = new Execution(context, cancellation);
        _window = ArrayPool<byte>.Shared.Rent(WindowSize);
        _start = _end = 0;
        _begun = false;
        (_pending, _isPendingAscii) = (0, true);
        _malformedError = null;
        BytesIn = 0;
        _builder?.TryRestart();
        _writer.End();
        _tokenizer.Reset();
        _chain.Begin(_execution);
    }

    /// <summary>Mediates bytes that were put into <see cref="Input"/>.</summary>
    /// <exception cref="MediationFailure">The body can't be mediated.</exception>
    public void Advance(int count)
    {
        BytesIn += count;
        if (BytesIn > _program.MaxBytes)
            throw new MediationFailure(MediationFault.TooLarge, $"The body is larger than {_program.MaxBytes} bytes");
        if (_raw is not null) Collect(count);
        if (_program.From is not null || _program.PassThroughOnError || _malformedError is not null) return;
        _end += count;
        if (!_begun && !TryBegin(last: false)) return;
        Read(last: false);
        MakeRoom();
    }

    /// <summary>The body is complete.</summary>
    /// <exception cref="MediationFailure">The body can't be mediated.</exception>
    public async ValueTask CompleteAsync()
    {
        if (!_program.PassThroughOnError)
        {
            await MediateRestAsync();
            return;
        }
        // Only now, when all of it is here: a body that fails is still there to be passed on.
        try
        {
            if (_program.From is null) ReadAgain(_raw!.Written.Span);
            await MediateRestAsync();
        }
        catch (MediationFailure)
        {
            Output.Clear();
            Copy(_raw!.Written.Span, Output);
            Outcome.IsUntouched = true;
        }
    }

    private async ValueTask MediateRestAsync()
    {
        JsonValue? value = null;
        if (_program.From is null && _malformedError is null)
        {
            TryBegin(last: true);
            Read(last: true);
            if (_isPassing) return;
        }
        if (_malformedError is null) value = _program.From is null ? _builder!.Take() : _program.From.Read(_raw!.Written, _execution!.Context.ContentType);

        if (_program.Errors is { } errors && (_program.IsError || (_program.From is null && errors.If!.IsTrue(value!))))
        {
            errors.Write(value, _execution!).WriteTo(_writer);
            return;
        }
        if (_program.IsUntouched)
        {
            Outcome.IsUntouched = true;
            Copy(_raw!.Written.Span, Output);
            return;
        }
        Write(await _program.Chain.ApplyAsync(value!, _execution!, _firstPart, _parts.Count));
    }

    /// <summary>Forgets the body.</summary>
    public bool TryReset()
    {
        if (_window.Length > 0) ArrayPool<byte>.Shared.Return(_window);
        _window = [];
        _execution = null;
        Output.Clear();
        _raw?.Clear();
        _builder?.TryRestart();
        return true;
    }

    private static void Copy(ReadOnlySpan<byte> bytes, OutputBuffer to)
    {
        bytes.CopyTo(to.GetSpan(bytes.Length));
        to.Advance(bytes.Length);
    }

    private void Write(JsonValue value)
    {
        if (_program.To is { } format)
        {
            try
            {
                format.Write(value, Output);
            }
            catch (MediationFailure failure)
            {
                throw failure.At(_program.Chain.Steps[^1]);
            }
            Outcome.ContentType ??= format.ContentType;
            return;
        }
        if (_program.From is not null) Outcome.ContentType ??= "application/json";
        value.WriteTo(_writer);
        _writer.End();
    }

    private void ReadAgain(ReadOnlySpan<byte> bytes)
    {
        while (bytes.Length > 0)
        {
            var count = Math.Min(bytes.Length, _window.Length - _end);
            bytes[..count].CopyTo(_window.AsSpan(_end));
            bytes = bytes[count..];
            _end += count;
            if (!_begun && !TryBegin(last: false)) continue;
            Read(last: false);
            MakeRoom();
        }
    }

    private void Collect(int count) => Copy(_window.AsSpan(_end, count), _raw!);

    // Drops the byte order mark (RFC 8259 section 8.1 allows to ignore it).
    private bool TryBegin(bool last)
    {
        if (_begun) return true;
        var mark = Encoding.UTF8.Preamble;
        var bytes = _window.AsSpan(_start, _end - _start);
        if (bytes.Length < mark.Length && mark.StartsWith(bytes) && !last) return false;
        if (bytes.StartsWith(mark)) _start += mark.Length;
        return _begun = true;
    }

    private void Read(bool last)
    {
        try
        {
            var data = _window.AsSpan(_start, _end - _start);
            var full = _start == 0 && _end == _window.Length;
            // What is left from before was looked at then: a long name that comes in small pieces is not looked at again with each.
            var ascii = _isPendingAscii && Ascii.IsValid(data[Math.Min(_pending, data.Length)..]);
            _start += _tokenizer.Read(data, ascii, last, full);
            _pending = _end - _start;
            _isPendingAscii = ascii || (_pending <= SmallRest && Ascii.IsValid(_window.AsSpan(_start, _pending)));
            if (last) _chain.Head.End();
        }
        catch (MediationFailure failure) when (_program.IsError)
        {
            // An error is an error also where its body isn't JSON; then nothing of it is passed on.
            _malformedError = failure;
        }
        catch (MediationFailure failure)
        {
            failure.Pointer ??= _tokenizer.Pointer;
            throw;
        }
    }

    private void MakeRoom()
    {
        if (_malformedError is not null || _start == _end) _start = _end = 0;
        if (_end < _window.Length) return;

        var rest = _end - _start;
        // Only a name or number that is longer than the window makes it grow; a long text passes on in parts.
        var target = _start == 0 ? ArrayPool<byte>.Shared.Rent(_window.Length * 2) : _window;
        _window.AsSpan(_start, rest).CopyTo(target);
        if (target != _window) ArrayPool<byte>.Shared.Return(_window);
        (_window, _start, _end) = (target, 0, rest);
    }
}
