namespace Concord.Pipeline.Models;

/// <summary>The bytes of an answer, with a limit to how many there are and to how long none may come.</summary>
internal sealed class ReplyBody(Stream stream, TimeSpan idle, long most, CancellationToken cancellation) : IDisposable
{
    private readonly CancellationTokenSource _idle = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
    private long _read;

    /// <summary>Reads some bytes; 0 at the end.</summary>
    /// <exception cref="TimeoutException">None came for too long.</exception>
    public async ValueTask<int> ReadAsync(Memory<byte> buffer)
    {
        _idle.CancelAfter(idle);
        try
        {
            var count = await stream.ReadAsync(buffer, _idle.Token);
            _read += count;
            if (_read > most)
                throw new ModelException(
                    new(
                        FailureKind.TooLong,
                        $"The answer is longer than {most / 1024 / 1024} MB.",
                        "Set 'max_tokens' among the model's parameters.",
                        CanRetry: false
                    )
                    {
                        Received = 0,
                    }
                );
            return count;
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            throw new TimeoutException($"Nothing came for {idle.TotalSeconds:0.###} seconds.");
        }
    }

    /// <summary>Reads everything.</summary>
    public async Task<byte[]> ReadAllAsync()
    {
        using var all = new MemoryStream();
        var buffer = new byte[32 * 1024];
        while (await ReadAsync(buffer) is var count and > 0)
            all.Write(buffer, 0, count);
        return all.ToArray();
    }

    /// <summary>Reads so many bytes at most and leaves the rest.</summary>
    public async Task<byte[]> ReadSomeAsync(int count)
    {
        var buffer = new byte[count];
        var read = 0;
        while (read < count && await ReadAsync(buffer.AsMemory(read)) is var more and > 0)
            read += more;
        return buffer[..read];
    }

    public void Dispose() => _idle.Dispose();
}
