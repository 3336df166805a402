namespace Gateway.Configuration;

/// <summary>Puts a new content in a file's place, whole or not at all: written beside it and to the disk, then renamed over it.</summary>
internal static class FileReplacement
{
    /// <param name="file">Keeps its permissions; a link is kept, and what it leads to is replaced.</param>
    /// <exception cref="IOException">It can't be written; the file is as it was.</exception>
    public static async Task WriteAsync(string file, ReadOnlyMemory<byte> content, CancellationToken cancellation)
    {
        var target = File.ResolveLinkTarget(file, returnFinalTarget: true)?.FullName ?? Path.GetFullPath(file);
        // Not named as a part of a configuration would be, so that nobody reads it by mistake.
        var beside = Path.Combine(Path.GetDirectoryName(target)!, $".{Path.GetFileName(target)}.{Guid.NewGuid():N}");
        try
        {
            await using (var stream = new FileStream(beside, Options(target)))
            {
                await stream.WriteAsync(content, cancellation);
                stream.Flush(flushToDisk: true);
            }
            File.Move(beside, target, overwrite: true);
        }
        catch (UnauthorizedAccessException e)
        {
            throw new IOException(e.Message, e);
        }
        finally
        {
            File.Delete(beside);
        }
    }

    private static FileStreamOptions Options(string target)
    {
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, Options = FileOptions.Asynchronous };
        if (!OperatingSystem.IsWindows()) options.UnixCreateMode = File.GetUnixFileMode(target);
        return options;
    }
}
