using System.Text;
using Gateway.Configuration;

namespace Gateway.Tests.Support;

/// <summary>A configuration that is a text in the test, and may be replaced while the gateway runs.</summary>
internal sealed class TextSource(string json) : IDocumentSource
{
    private string _json = json;
    private Action? _changed;

    public void Replace(string json)
    {
        _json = json;
        _changed?.Invoke();
    }

    /// <summary>Replaces the text without telling anybody.</summary>
    public void Set(string json) => _json = json;

    public ValueTask<ObjectNode?> ReadAsync(ProblemList problems, CancellationToken cancellation) => new(Parse(problems));

    public ObjectNode? AsWritten() => Parse(new ProblemList());

    public ValueTask<ObjectNode?> TryAsync(ObjectNode document, ProblemList problems, CancellationToken cancellation) => new(document);

    public Task WriteAsync(byte[] content, CancellationToken cancellation)
    {
        _json = Encoding.UTF8.GetString(content);
        return Task.CompletedTask;
    }

    public IDisposable Watch(Action changed)
    {
        _changed = changed;
        return new Watching(() => _changed = null);
    }

    private ObjectNode? Parse(ProblemList problems) => DocumentParser.Parse(Encoding.UTF8.GetBytes(_json), "ocelot.json", problems) as ObjectNode;

    private sealed class Watching(Action end) : IDisposable
    {
        public void Dispose() => end();
    }
}
