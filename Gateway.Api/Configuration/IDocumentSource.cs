namespace Gateway.Configuration;

/// <summary>Where the document comes from: files, a key in Consul, a test's text.</summary>
internal interface IDocumentSource
{
    /// <summary>Reads and merges everything anew.</summary>
    /// <returns>The merged root, or null when nothing usable could be read; then <paramref name="problems"/> says why.</returns>
    ValueTask<ObjectNode?> ReadAsync(ProblemList problems, CancellationToken cancellation);

    /// <summary>
    /// The document as somebody wrote it, without this process's environment and command line: for a store that other gateways read. Null
    /// where it can't be read.
    /// </summary>
    ObjectNode? AsWritten();

    /// <summary>Tells that the document read last has taken effect.</summary>
    void Accept()
    {
    }

    /// <summary>
    /// What reading would give if <paramref name="document"/> stood where the document is written, with everything that is laid over it.
    /// Changes nothing. May be asked while somebody else watches, but not while somebody reads.
    /// </summary>
    /// <returns>Null where nothing usable would be read, or nothing can be written; then <paramref name="problems"/> says why.</returns>
    ValueTask<ObjectNode?> TryAsync(ObjectNode document, ProblemList problems, CancellationToken cancellation);

    /// <summary>Puts <paramref name="content"/>, which was tried and found good, where the document is written: whole or not at all.</summary>
    /// <exception cref="IOException">It can't be written; what was there still is.</exception>
    Task WriteAsync(byte[] content, CancellationToken cancellation);

    /// <summary>Calls <paramref name="changed"/> whenever reading again may give something else, until the result is disposed.</summary>
    IDisposable Watch(Action changed);
}
