namespace Gateway.Features.Caching;

/// <summary>Answers as bytes, for stores outside this process. What isn't of this form, or of this version of its region, is no answer.</summary>
internal static class AnswerBytes
{
    // Counted up whenever the form changes: gateways of two versions may share a store.
    private const byte Form = 1;

    public static byte[] Write(CachedAnswer answer, long regionVersion)
    {
        using var stream = new MemoryStream(answer.Size);
        using (var writer = new BinaryWriter(stream))
        {
            writer.Write(Form);
            writer.Write(regionVersion);
            writer.Write(answer.Status);
            writer.Write(answer.Reason ?? "");
            writer.Write(answer.StoredAt.ToUnixTimeMilliseconds());
            Write(writer, answer.Vary);
            writer.Write(answer.Headers.Count);
            foreach (var header in answer.Headers)
            {
                writer.Write(header.Name);
                writer.Write(header.IsOfContent);
                Write(writer, header.Values);
            }
            writer.Write(answer.Body.Length);
            writer.Write(answer.Body);
        }
        return stream.ToArray();
    }

    /// <returns>Null for another form, another version, or bytes that make no sense.</returns>
    public static CachedAnswer? Read(byte[] bytes, long regionVersion)
    {
        try
        {
            using var reader = new BinaryReader(new MemoryStream(bytes, writable: false));
            if (reader.ReadByte() != Form || reader.ReadInt64() != regionVersion) return null;

            var (status, reason, storedAt) = (reader.ReadInt32(), reader.ReadString(), DateTimeOffset.FromUnixTimeMilliseconds(reader.ReadInt64()));
            var vary = ReadTexts(reader);
            var headers = new List<CachedHeader>();
            for (var left = reader.ReadInt32(); left > 0; left--)
            {
                var (name, isOfContent) = (reader.ReadString(), reader.ReadBoolean());
                headers.Add(new CachedHeader(name, ReadTexts(reader), isOfContent));
            }
            var length = reader.ReadInt32();
            var body = reader.ReadBytes(length);
            return body.Length == length ? new CachedAnswer(status, reason.Length == 0 ? null : reason, headers, vary, storedAt, body) : null;
        }
        catch (Exception e) when (e is IOException or FormatException or ArgumentException)
        {
            return null;
        }
    }

    private static void Write(BinaryWriter writer, IReadOnlyList<string> texts)
    {
        writer.Write(texts.Count);
        foreach (var text in texts) writer.Write(text);
    }

    private static string[] ReadTexts(BinaryReader reader)
    {
        var texts = new List<string>();
        for (var left = reader.ReadInt32(); left > 0; left--) texts.Add(reader.ReadString());
        return [.. texts];
    }
}
