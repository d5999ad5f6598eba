using System.Text;
using System.Text.RegularExpressions;
using Concord.Core.Domain;

namespace Concord.Pipeline.Git;

/// <summary>Runs git against a remote as its user runs it: his credentials, his ssh, his hooks. It ends in good time.</summary>
/// <param name="folder">The repository.</param>
/// <param name="mayAsk">Whether somebody is at the terminal to answer git or ssh; else they fail rather than ask.</param>
/// <param name="patience">How long one command may take, hooks included.</param>
public sealed partial class RemoteGit(string folder, bool mayAsk, TimeSpan patience)
{
    // For what a hook left running, with git's output still open.
    private static readonly TimeSpan OutputPatience = TimeSpan.FromSeconds(1);

    // A cleaning-up that a fetch begins is not worth waiting for; a silent server is not either.
    private static readonly string[] Settings =
    [
        "-c",
        "gc.auto=0",
        "-c",
        "maintenance.auto=false",
        "-c",
        "http.lowSpeedLimit=100",
        "-c",
        "http.lowSpeedTime=30",
    ];

    // Of CI's commands: nobody is there to ask, and a repository may be large.
    private static readonly TimeSpan PatienceInCi = TimeSpan.FromMinutes(5);

    private GitCommand? _git;

    /// <summary>Git where nobody is at a terminal, as in CI.</summary>
    /// <param name="folder">The repository.</param>
    public static RemoteGit Unattended(string folder) => new(folder, mayAsk: false, PatienceInCi);

    /// <summary>Runs git; what it says has no password or token in it.</summary>
    /// <exception cref="ConcordException">It took too long, and was ended.</exception>
    public async Task<GitResult> TryRunAsync(IReadOnlyList<string> arguments, CancellationToken cancellation)
    {
        _git ??= new(folder) { AsUser = true, Environment = await EnvironmentAsync(cancellation) };
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        limit.CancelAfter(patience);
        using var process = _git.Start([.. Settings, .. arguments]);
        process.StandardInput.Close();
        var output = ReadAsync(process.StandardOutput.BaseStream);
        var error = ReadAsync(process.StandardError.BaseStream);
        try
        {
            await process.WaitForExitAsync(limit.Token);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            cancellation.ThrowIfCancellationRequested();
            throw new ConcordException(
                "remote-slow",
                $"'git {arguments[0]}' had no end after {patience.TotalSeconds:0} seconds, and was stopped.",
                "Look whether the remote can be reached, then run the command again."
            );
        }
        var both = Task.WhenAll(output, error);
        await Task.WhenAny(both, Task.Delay(OutputPatience, cancellation));
        return both.IsCompletedSuccessfully
            ? new(process.ExitCode, await output, Sealed(Encoding.UTF8.GetString(await error).Trim()))
            : new(process.ExitCode, output.IsCompletedSuccessfully ? await output : [], "");
    }

    /// <summary>A text of git's without the names, passwords and tokens that addresses may have.</summary>
    public static string Sealed(string text) => Token().Replace(Userinfo().Replace(text, "://"), "…");

    private async Task<IReadOnlyList<(string, string)>> EnvironmentAsync(CancellationToken cancellation)
    {
        if (mayAsk)
            return [("GIT_TERMINAL_PROMPT", "1")];
        // A window that asks is seen by somebody, a terminal perhaps by nobody.
        if (Variable("SSH_ASKPASS").Length > 0 || Variable("GIT_SSH").Length > 0)
            return [];
        var ssh = Variable("GIT_SSH_COMMAND");
        if (ssh.Length == 0)
            ssh = (await new GitCommand(folder).TryRunAsync(["config", "--get", "core.sshCommand"], cancellation)).Text.Trim();
        if (ssh.Length == 0)
            ssh = "ssh";
        var program = Path.GetFileNameWithoutExtension(ssh.Split(' ')[0].Trim('"'));
        return program == "ssh" ? [("GIT_SSH_COMMAND", ssh + " -o BatchMode=yes -o ConnectTimeout=20")] : [];
    }

    private static string Variable(string name) => Environment.GetEnvironmentVariable(name) ?? "";

    private static async Task<byte[]> ReadAsync(Stream stream)
    {
        using var bytes = new MemoryStream();
        try
        {
            await stream.CopyToAsync(bytes);
        }
        catch (Exception e) when (e is IOException or ObjectDisposedException)
        {
            // It was ended, or something that it left holds its output: what has come is what there is.
        }
        return bytes.ToArray();
    }

    [GeneratedRegex(@"(?<=[a-z])://[^/@\s']+@")]
    private static partial Regex Userinfo();

    [GeneratedRegex(@"\b(?:gh[a-z]_[A-Za-z0-9]{8,}|github_pat_[A-Za-z0-9_]{8,}|glpat-[A-Za-z0-9_-]{8,})")]
    private static partial Regex Token();
}
