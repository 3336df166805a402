using System.Buffers;
using System.IO.Pipelines;

namespace Gateway.Forwarding.FastLane;

/// <summary>Streams an answer's body to the client, each piece as it comes, and no faster than the client takes it.</summary>
internal static class AnswerBody
{
    private const int Piece = 32 * 1024;

    /// <summary>Passes the body on; its last piece may still have to be flushed.</summary>
    /// <returns>Whether the connection can be used again.</returns>
    /// <exception cref="HttpRequestException">The service ended the body early or framed it wrongly.</exception>
    /// <exception cref="OperationCanceledException">The client takes no more.</exception>
    public static ValueTask<bool> RelayAsync(HttpContext http, UpstreamConnection connection)
    {
        var head = connection.Head;
        var isReusable = !head.SaysClose && !head.IsHttp10;
        if (head.EndsWithHead(HttpMethods.IsHead(http.Request.Method))) return new ValueTask<bool>(isReusable);
        if (head.IsChunked) return RelayChunksAsync(http, connection, isReusable);
        if (head.ContentLength is not { } length) return RelayAllAsync(http.Response.BodyWriter, connection);
        if (length > connection.Unread.Length) return RelayLengthAsync(http.Response.BodyWriter, connection, length, isReusable);

        http.Response.BodyWriter.Write(connection.Unread[..(int)length]);
        connection.Use((int)length);
        return new ValueTask<bool>(isReusable);
    }

    private static async ValueTask<bool> RelayLengthAsync(PipeWriter writer, UpstreamConnection connection, long length, bool isReusable)
    {
        var left = length - WriteUnread(writer, connection);
        while (left > 0)
        {
            await FlushAsync(writer);
            var count = await connection.ReadAsync(Room(writer, left));
            if (count == 0) throw Ended();
            writer.Advance(count);
            left -= count;
        }
        return isReusable;
    }

    private static async ValueTask<bool> RelayAllAsync(PipeWriter writer, UpstreamConnection connection)
    {
        WriteUnread(writer, connection);
        while (true)
        {
            await FlushAsync(writer);
            var count = await connection.ReadAsync(Room(writer, long.MaxValue));
            if (count == 0) return false;
            writer.Advance(count);
        }
    }

    private static async ValueTask<bool> RelayChunksAsync(HttpContext http, UpstreamConnection connection, bool isReusable)
    {
        var writer = http.Response.BodyWriter;
        var chunks = new ChunkReader();
        while (true)
        {
            var step = Write(http, connection, ref chunks);
            if (step == ChunkStep.End) return isReusable;
            if (step == ChunkStep.Invalid) throw new HttpRequestException(HttpRequestError.InvalidResponse, "The service's body isn't framed as it should be.");
            await FlushAsync(writer);
            if (!await connection.FillAsync()) throw Ended();
        }
    }

    private static ChunkStep Write(HttpContext http, UpstreamConnection connection, ref ChunkReader chunks)
    {
        while (true)
        {
            var step = chunks.Read(connection.Unread, out var used, out var data);
            if (step == ChunkStep.Data) http.Response.BodyWriter.Write(data);
            if (step == ChunkStep.End)
            {
                if (!connection.Head.TryReadTrailers(data)) return ChunkStep.Invalid;
                AnswerFields.ApplyTrailers(http, connection.Head, data, connection.Endpoint.Strings);
            }
            connection.Use(used);
            if (step != ChunkStep.Data) return step;
        }
    }

    private static int WriteUnread(PipeWriter writer, UpstreamConnection connection)
    {
        var unread = connection.Unread;
        writer.Write(unread);
        connection.Use(unread.Length);
        return unread.Length;
    }

    private static Memory<byte> Room(PipeWriter writer, long left)
    {
        var most = (int)Math.Min(left, Piece);
        var room = writer.GetMemory(most);
        return room.Length > most ? room[..most] : room;
    }

    private static async ValueTask FlushAsync(PipeWriter writer)
    {
        if ((await writer.FlushAsync()) is { IsCompleted: true } or { IsCanceled: true }) throw new OperationCanceledException("The client has left.");
    }

    private static HttpRequestException Ended() => new(HttpRequestError.ResponseEnded, "The service ended its answer early.");
}
