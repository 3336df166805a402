using System.Buffers;
using System.IO.Pipelines;

namespace Gateway.Forwarding.FastLane;

/// <summary>
/// Streams an answer's body to the client, each piece as it comes, and no faster than the client takes it. Nothing is written before the
/// client's answer has begun, so that a failure until then can still be told by a status, and one after it must cut the connection.
/// </summary>
internal static class AnswerBody
{
    private const int Piece = 32 * 1024;

    /// <summary>Passes the body on; its last piece may still have to be flushed.</summary>
    /// <param name="isHead">Whether HEAD was sent, in place of whatever the client sent.</param>
    /// <returns>Whether the connection can be used again.</returns>
    /// <exception cref="HttpRequestException">The service ended the body early or framed it wrongly.</exception>
    /// <exception cref="OperationCanceledException">The client takes no more.</exception>
    public static ValueTask<bool> RelayAsync(HttpContext http, UpstreamConnection connection, bool isHead)
    {
        var head = connection.Head;
        if (head.EndsWithHead(isHead)) return new(head.KeepsConnection && !(head.Status == StatusCodes.Status204NoContent && head.TellsOfBody));
        // The client's side takes no body: closing costs a connection, reading might cost much more.
        if (head.Status == StatusCodes.Status205ResetContent || HttpMethods.IsHead(http.Request.Method)) return new(head.KeepsConnection && head.ContentLength == 0);
        if (head.IsChunked) return RelayChunksAsync(http, connection);
        return head.ContentLength is { } length ? RelayLengthAsync(http.Response, connection, length) : RelayAllAsync(http.Response, connection);
    }

    private static async ValueTask<bool> RelayLengthAsync(HttpResponse response, UpstreamConnection connection, long length)
    {
        if (length == 0) return connection.Head.KeepsConnection;
        if (connection.Unread.IsEmpty && !await connection.FillAsync()) throw Ended();
        await response.StartAsync();
        var writer = response.BodyWriter;
        var left = length - WriteUnread(writer, connection, length);
        while (left > 0)
        {
            await FlushAsync(writer);
            var count = await connection.ReadAsync(Room(writer, left));
            if (count == 0) throw Ended();
            writer.Advance(count);
            left -= count;
        }
        return connection.Head.KeepsConnection;
    }

    private static async ValueTask<bool> RelayAllAsync(HttpResponse response, UpstreamConnection connection)
    {
        await response.StartAsync();
        var writer = response.BodyWriter;
        WriteUnread(writer, connection, long.MaxValue);
        while (true)
        {
            await FlushAsync(writer);
            var count = await connection.ReadAsync(Room(writer, long.MaxValue));
            if (count == 0) return false;
            writer.Advance(count);
        }
    }

    private static async ValueTask<bool> RelayChunksAsync(HttpContext http, UpstreamConnection connection)
    {
        await http.Response.StartAsync();
        var writer = http.Response.BodyWriter;
        var chunks = new ChunkReader();
        while (true)
        {
            var step = Write(http, connection, ref chunks);
            if (step == ChunkStep.End) return connection.Head.KeepsConnection;
            await FlushAsync(writer);
            if (step == ChunkStep.Invalid)
                throw new HttpRequestException(HttpRequestError.InvalidResponse, "The service's body isn't framed as it should be.");
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
                AnswerFields.ApplyTrailers(http, connection.Head, data, connection.Endpoint.Pool.Strings);
            }
            connection.Use(used);
            if (step != ChunkStep.Data) return step;
        }
    }

    private static int WriteUnread(PipeWriter writer, UpstreamConnection connection, long most)
    {
        var unread = connection.Unread;
        if (unread.Length > most) unread = unread[..(int)most];
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
