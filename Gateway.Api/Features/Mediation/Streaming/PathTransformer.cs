using Gateway.Features.Mediation.Json;
using Gateway.Features.Mediation.Paths;

namespace Gateway.Features.Mediation.Streaming;

/// <summary>
/// Follows a body along the paths of a step and asks the step only at names and values; the rest passes by untouched. Keeps one small frame
/// for each container that is open.
/// </summary>
internal abstract class PathTransformer(JsonSink next, PathState root) : Transformer(next)
{
    private Frame[] _frames = new Frame[8];
    private int _depth;
    private readonly PathState _root = root;
    private PathState _member = root;
    private ValueAction _action;
    private int _nested = -1; // containers open within a value that passes, drops or is diverted whole; -1 outside of one
    private JsonSink? _diverted;
    private byte[] _held = [];
    private int _heldLength = -1;
    private bool _heldEscaped;

    /// <summary>A container that is open.</summary>
    protected struct Frame
    {
        public PathState State;
        public bool IsObject;
        public int Index;
        public int Count;

        /// <summary>For the step's own use; 0 when the container opens.</summary>
        public int Mark;
    }

    /// <summary>How many containers are open around the value.</summary>
    protected int Depth => _depth;

    /// <summary>Where what is walked through passes on: <see cref="Transformer.Next"/>, or nowhere.</summary>
    protected JsonSink Output { get; set; } = next;

    /// <summary>The innermost container that is open.</summary>
    protected ref Frame Current => ref _frames[_depth - 1];

    public sealed override void Accept(in JsonToken token)
    {
        if (_nested >= 0)
        {
            Continue(in token);
            return;
        }
        switch (token.Kind)
        {
            case JsonTokenKind.Name:
                AcceptName(in token);
                break;
            case JsonTokenKind.EndObject:
            case JsonTokenKind.EndArray:
                OnContainerEnd(ref Current);
                _depth--;
                Output.Accept(in token);
                break;
            default:
                AcceptValue(in token);
                break;
        }
    }

    /// <summary>A member's name; <paramref name="place"/> is its place among the names its object's state asks for, or -1.</summary>
    protected virtual NameAction OnName(PathState member, int place, in JsonToken name) => NameAction.Pass;

    /// <summary>A value begins: a scalar, the first part of a long text, or the start of a container.</summary>
    protected abstract ValueAction OnValue(PathState state, in JsonToken token);

    /// <summary>A container that is descended into begins.</summary>
    protected virtual void OnContainerStart(ref Frame frame)
    {
    }

    /// <summary>A container that was descended into ends.</summary>
    protected virtual void OnContainerEnd(ref Frame frame)
    {
    }

    /// <summary>The value that was diverted is complete.</summary>
    protected virtual void OnDiverted()
    {
    }

    /// <summary>Sends the value that begins to another sink.</summary>
    protected ValueAction Divert(JsonSink sink)
    {
        _diverted = sink;
        return ValueAction.Divert;
    }

    protected override void Reset()
    {
        _depth = 0;
        _nested = -1;
        _heldLength = -1;
    }

    private void AcceptName(in JsonToken token)
    {
        ref var frame = ref Current;
        var place = frame.State.Find(in token);
        _member = frame.State.Next(place);
        switch (OnName(_member, place, in token))
        {
            case NameAction.Pass:
                Output.Accept(in token);
                break;
            case NameAction.Hold:
                if (_held.Length < token.Raw.Length) _held = new byte[Math.Max(64, token.Raw.Length)];
                token.Raw.CopyTo(_held);
                (_heldLength, _heldEscaped) = (token.Raw.Length, token.Escaped);
                break;
            case NameAction.Drop:
                _action = ValueAction.Drop;
                _nested = 0;
                break;
        }
    }

    private void AcceptValue(in JsonToken token)
    {
        PathState state;
        if (_depth == 0) state = _root;
        else
        {
            ref var frame = ref Current;
            state = frame.IsObject ? _member : frame.State.Element(frame.Index++, frame.Count);
        }

        _action = OnValue(state, in token);
        if (_heldLength >= 0)
        {
            if (_action != ValueAction.Drop)
                Output.Accept(new JsonToken(JsonTokenKind.Name, _held.AsSpan(0, _heldLength), _heldEscaped));
            _heldLength = -1;
        }
        if (_action == ValueAction.Descend)
        {
            if (token.IsStart) Open(state, in token);
            else if (!token.Last) (_action, _nested) = (ValueAction.Pass, 0);
            Output.Accept(in token);
            return;
        }
        if (token.IsScalar && token.Last && _action != ValueAction.Divert)
        {
            if (_action == ValueAction.Pass) Output.Accept(in token);
            return;
        }
        _nested = 0;
        Continue(in token);
    }

    private void Open(PathState state, in JsonToken token)
    {
        if (_depth == _frames.Length) Array.Resize(ref _frames, _depth * 2);
        _frames[_depth++] = new Frame { State = state, IsObject = token.Kind == JsonTokenKind.StartObject, Count = token.Count };
        OnContainerStart(ref Current);
    }

    private void Continue(in JsonToken token)
    {
        if (_action == ValueAction.Pass) Output.Accept(in token);
        else if (_action == ValueAction.Divert) _diverted!.Accept(in token);

        if (token.Kind == JsonTokenKind.Name) return;
        if (token.IsStart) _nested++;
        else if (token.IsEnd) _nested--;
        if (_nested > 0 || !token.Last) return;
        _nested = -1;
        if (_action != ValueAction.Divert) return;
        _diverted!.End();
        OnDiverted();
    }
}
