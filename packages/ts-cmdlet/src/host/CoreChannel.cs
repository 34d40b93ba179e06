using System.Diagnostics;
using System.Management.Automation;
using System.Text;
using System.Text.Json;

namespace TsCmdlet.Host;

/// <summary>
/// Messages to and from a core: newline-delimited JSON-RPC 2.0 (messages.ts). Each request has an inbox, since a call may be
/// made while another one deals with what it was sent.
/// </summary>
internal sealed class CoreChannel(Core core)
{
    /// <summary>Two levels of JSON for each that a value may have, and the message around them.</summary>
    private static readonly JsonDocumentOptions Options = new() { MaxDepth = 2 * Protocol.MaximumDepth + 12 };

    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    private readonly LineReader lines = new(core);
    private readonly Dictionary<int, Queue<JsonDocument>> inboxes = [];
    private int lastId;

    /// <summary>Whether a request waits for its answer.</summary>
    public bool IsInUse => inboxes.Count > 0;

    /// <summary>Opens the inbox of a request. Gives the request's id.</summary>
    public int Open()
    {
        inboxes[++lastId] = new Queue<JsonDocument>();
        return lastId;
    }

    /// <summary>Discards what comes for a request that is over.</summary>
    public void Close(int id) => inboxes.Remove(id);

    /// <summary>Writes a request, notification or answer without a value of the user's.</summary>
    public void Send(string json, Stopping stopping)
    {
        using var line = new ClearedBuffer();
        line.Advance(Encoding.UTF8.GetBytes(json, line.GetSpan(Encoding.UTF8.GetMaxByteCount(json.Length))));
        Send(line, stopping);
    }

    /// <summary>Writes a message as a line. A core that no longer listens is a <see cref="Failure"/>.</summary>
    public void Send(ClearedBuffer line, Stopping stopping)
    {
        line.GetSpan(1)[0] = (byte)'\n';
        line.Advance(1);
        var sent = 0;
        try
        {
            for (var waited = 0; sent < line.Length;)
            {
                var count = core.Connection.Write(line.Bytes, sent, line.Length - sent);
                sent += count;
                if (sent == line.Length) break;
                stopping.Check();
                waited = count > 0 ? 0 : waited + Stopping.Slice;
                if (core.Timeout > 0 && waited >= core.Timeout) throw core.Silent("it has not listened");
            }
        }
        catch (Exception error) when (error is IOException or ObjectDisposedException)
        {
            sent = line.Length;
            if (core.Stopped is null) core.Process.WaitForExit(1000);
            throw core.Broken("it no longer listens");
        }
        finally
        {
            // Ctrl+C can leave a line half written. Such a core is permanently unusable.
            if (sent < line.Length) core.Stop("a call was stopped while it was handed over", patience: 0);
        }
    }

    /// <summary>Waits for a new core to connect, and for the message that it begins with.</summary>
    public JsonDocument ReceiveFirst(Stopping stopping)
    {
        Rehearsal.While(() => !core.Connection.HasCore);
        // It takes as long as the answer of a core, so it is best done while one is waited for anyway.
        if (!core.Connection.HasCore) core.Process.Guard();
        for (var waited = 0; !core.Connection.WaitForCore(); waited += Stopping.Slice)
        {
            stopping.Check();
            if (core.Stopped is not null || core.Process.HasExited) throw core.Closed();
            if (core.Timeout > 0 && waited >= core.Timeout) throw core.Silent("it has not answered");
        }
        return Parse(lines.Next(this, stopping));
    }

    /// <summary>Waits for the next message of a request. Messages of other requests are kept for these.</summary>
    /// <param name="grace">how long it may take in all, whatever the core says; null for any time</param>
    public JsonDocument Receive(int id, Stopping stopping, TimeSpan? grace = null)
    {
        var clock = Stopwatch.StartNew();
        while (true)
        {
            // A core that never stops talking leaves nothing to wait for.
            stopping.Check();
            if (clock.Elapsed > grace) throw core.Silent("it has not stopped");
            if (inboxes.TryGetValue(id, out var inbox) && inbox.TryDequeue(out var kept)) return kept;
            var document = Parse(lines.Next(this, stopping));
            var owner = OwnerOf(document);
            if (owner == id) return document;
            if (inboxes.TryGetValue(owner, out var other)) other.Enqueue(document);
            else if (owner > lastId || owner < 1) throw core.Broken($"it answered request {owner}, which was never made");
        }
    }

    /// <summary>Asks a core that has been silent whether it is there: a call may take its time, but its core answers.</summary>
    public void Ping(Stopping stopping) => Send($$"""{"jsonrpc":"2.0","id":{{++lastId}},"method":"{{Protocol.Ping}}"}""", stopping);

    private JsonDocument Parse(ReadOnlySpan<byte> line)
    {
        try
        {
            // The reader of JSON would find only later that it is no UTF-8.
            _ = Utf8.GetCharCount(line);
            return JsonDocument.Parse(line.ToArray(), Options);
        }
        catch (Exception error) when (error is JsonException or DecoderFallbackException)
        {
            throw core.Broken("it said something that is not a message");
        }
    }

    /// <summary>The id of the request that a message belongs to.</summary>
    private int OwnerOf(JsonDocument document)
    {
        var message = document.RootElement;
        if (message.ValueKind == JsonValueKind.Object)
        {
            var isAnswer = !message.TryGetProperty("params", out var parameters);
            if (isAnswer && message.TryGetProperty("id", out var id) && id.ValueKind == JsonValueKind.Number && id.TryGetInt32(out var answered))
                return answered;
            if (!isAnswer && parameters.ValueKind == JsonValueKind.Object && parameters.TryGetProperty("invocation", out var invocation)
                && invocation.ValueKind == JsonValueKind.Number && invocation.TryGetInt32(out var owner))
                return owner;
            if (message.TryGetProperty("error", out var refusal)) throw core.Broken($"it could not read what it was sent: {refusal.GetRawText()}");
        }
        throw core.Broken("it said something that is not a message");
    }
}
