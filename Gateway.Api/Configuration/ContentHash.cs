using System.Security.Cryptography;
using System.Text;

namespace Gateway.Configuration;

/// <summary>
/// One value for the content of several files. Content is compared because nothing else can be trusted on every mount: a ConfigMap changes
/// a link, an rsync keeps the times, some file systems send no events.
/// </summary>
internal sealed class ContentHash : IDisposable
{
    private readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private readonly byte[] _buffer = new byte[64 * 1024];

    /// <summary>Hashes the files as they are now; one that can't be read counts by the reason why.</summary>
    public string Of(IEnumerable<string> files)
    {
        foreach (var file in files)
        {
            Begin(file);
            try
            {
                using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0);
                for (int read; (read = stream.Read(_buffer)) > 0;) _hash.AppendData(_buffer, 0, read);
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                _hash.AppendData(Encoding.UTF8.GetBytes(e.GetType().Name));
            }
        }
        return End();
    }

    /// <summary>The same for files whose content is already in memory.</summary>
    public static string OfContents(IEnumerable<(string File, byte[] Content)> files)
    {
        using var hash = new ContentHash();
        foreach (var (file, content) in files)
        {
            hash.Begin(file);
            hash._hash.AppendData(content);
        }
        return hash.End();
    }

    /// <summary>The version of a document, whatever its layout and remarks.</summary>
    public static string OfDocument(ObjectNode root) => Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(DocumentWriter.Write(root))), 0, 16);

    public void Dispose() => _hash.Dispose();

    private void Begin(string file) => _hash.AppendData(Encoding.UTF8.GetBytes($"\n{file}\n"));

    private string End() => Convert.ToHexString(_hash.GetHashAndReset());
}
