namespace Gateway.Configuration;

/// <summary>Where the document comes from: files, a key in Consul, a test's text.</summary>
internal interface IDocumentSource
{
    /// <summary>Reads and merges everything anew.</summary>
    /// <returns>The merged root, or null when nothing usable could be read; then <paramref name="problems"/> says why.</returns>
    ObjectNode? Read(ProblemList problems);

    /// <summary>Tells that the document read last has taken effect.</summary>
    void Accept()
    {
    }

    /// <summary>Calls <paramref name="changed"/> whenever reading again may give something else, until the result is disposed.</summary>
    IDisposable Watch(Action changed);
}
