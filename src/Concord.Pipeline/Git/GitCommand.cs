using System.Diagnostics;
using System.Text;
using Concord.Core.Domain;
using Concord.Pipeline.Processes;

namespace Concord.Pipeline.Git;

/// <summary>What a git command printed.</summary>
/// <param name="ExitCode">0 where it succeeded.</param>
/// <param name="Output">Standard output.</param>
/// <param name="Error">Standard error, trimmed.</param>
public sealed record GitResult(int ExitCode, byte[] Output, string Error)
{
    /// <summary>The output as UTF-8.</summary>
    public string Text => Encoding.UTF8.GetString(Output);
}

/// <summary>Runs the <c>git</c> command line: the engine for everything that writes, and for history.</summary>
/// <param name="folder">Where git runs: the root of a repository or work tree.</param>
public sealed class GitCommand(string folder)
{
    // What 'git rev-parse --local-env-vars' lists: inside a hook these name the hook's repository, not this one. Settings
    // (GIT_CONFIG_COUNT and GIT_CONFIG_PARAMETERS) stay, as git itself keeps them for submodules.
    private static readonly string[] OtherRepository =
    [
        "GIT_ALTERNATE_OBJECT_DIRECTORIES",
        "GIT_COMMON_DIR",
        "GIT_CONFIG",
        "GIT_DIR",
        "GIT_GRAFT_FILE",
        "GIT_IMPLICIT_WORK_TREE",
        "GIT_INDEX_FILE",
        "GIT_INTERNAL_SUPER_PREFIX",
        "GIT_NAMESPACE",
        "GIT_OBJECT_DIRECTORY",
        "GIT_PREFIX",
        "GIT_REPLACE_REF_BASE",
        "GIT_SHALLOW_FILE",
        "GIT_WORK_TREE",
    ];

    // Paths as they are, and nothing of the user's settings in what is parsed here.
    private static readonly string[] Settings =
    [
        "-c",
        "core.quotePath=false",
        "-c",
        "log.showSignature=false",
        "-c",
        "i18n.logOutputEncoding=UTF-8",
        "-c",
        "color.ui=false",
        "--no-pager",
    ];

    /// <summary>The rule of what is thrown where git printed more than <see cref="MostOutput"/>.</summary>
    public const string TooMuch = "git-output";

    // How long to wait for what a hook left running, with git's output still open.
    private static readonly TimeSpan OutputPatience = TimeSpan.FromSeconds(1);

    /// <summary>Whether git runs as its user runs it, so that hooks find nothing of ours in their environment.</summary>
    public bool AsUser { get; init; }

    /// <summary>Variables of this command alone, over all others.</summary>
    public IReadOnlyList<(string Name, string Value)> Environment { get; init; } = [];

    /// <summary>How many bytes git may print: of a repository that somebody hostile made, a listing may have no end.</summary>
    public long MostOutput { get; init; } = long.MaxValue;

    /// <summary>Runs git, with its arguments as a list, never as one string.</summary>
    /// <returns>What git printed, whatever its exit code.</returns>
    public async Task<GitResult> TryRunAsync(
        IReadOnlyList<string> arguments,
        CancellationToken cancellation,
        string? input = null
    )
    {
        using var process = Start(arguments);
        using var output = new MemoryStream();
        using var error = new MemoryStream();
        using var enough = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        var reading = Task.WhenAll(
            CopyAsync(process, process.StandardOutput.BaseStream, output, enough.Token),
            CopyAsync(process, process.StandardError.BaseStream, error, enough.Token)
        );
        await WriteAsync(process, input, cancellation);
        if (AsUser)
        {
            await process.WaitForExitAsync(cancellation);
            await Task.WhenAny(reading, Task.Delay(OutputPatience, cancellation));
            await enough.CancelAsync();
        }
        await reading;
        cancellation.ThrowIfCancellationRequested();
        await process.WaitForExitAsync(cancellation);
        if (output.Length > MostOutput || error.Length > MostOutput)
            throw new ConcordException(
                TooMuch,
                $"'git {arguments[0]}' had more than {MostOutput >> 20} MiB to tell, so it was stopped.",
                "Look at what the commits bring; no pull request of grades is that large."
            );
        return new(process.ExitCode, output.ToArray(), Encoding.UTF8.GetString(error.ToArray()).Trim());
    }

    /// <summary>Runs git and throws where it fails.</summary>
    /// <returns>Standard output.</returns>
    /// <exception cref="ConcordException">Git is missing, or answered with an error.</exception>
    public async Task<string> RunAsync(IReadOnlyList<string> arguments, CancellationToken cancellation, string? input = null)
    {
        var result = await TryRunAsync(arguments, cancellation, input);
        return result.ExitCode == 0
            ? result.Text
            : throw new ConcordException(
                "git-failed",
                $"'git {string.Join(' ', arguments)}' failed: {(result.Error.Length > 0 ? result.Error : result.Text.Trim())}",
                "Mend what git says, then run the command again."
            );
    }

    /// <summary>Starts git with its three streams open.</summary>
    public Process Start(IReadOnlyList<string> arguments)
    {
        // By its whole path: .NET would look in the current folder first, which may be a stranger's workspace.
        var start = new ProcessStartInfo(ProgramPath.Find("git") ?? throw Missing("it is not on the PATH"))
        {
            WorkingDirectory = folder,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardErrorEncoding = Encoding.UTF8,
            StandardInputEncoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false),
        };
        foreach (var argument in AsUser ? arguments : [.. Settings, .. arguments])
            start.ArgumentList.Add(argument);
        foreach (var variable in OtherRepository)
            start.Environment.Remove(variable);
        // No questions that nobody would see.
        start.Environment["GIT_TERMINAL_PROMPT"] = "0";
        if (!AsUser)
        {
            // Paths are names, never patterns; the two engines see the same objects; messages in English.
            start.Environment["GIT_LITERAL_PATHSPECS"] = "1";
            start.Environment["GIT_NO_REPLACE_OBJECTS"] = "1";
            start.Environment["LC_ALL"] = "C.UTF-8";
            start.Environment["GIT_OPTIONAL_LOCKS"] = "0";
        }
        foreach (var (name, value) in Environment)
            start.Environment[name] = value;
        try
        {
            return Process.Start(start) ?? throw new InvalidOperationException("No git process was started.");
        }
        catch (System.ComponentModel.Win32Exception e)
        {
            throw Missing(e.Message);
        }
    }

    private static ConcordException Missing(string why) =>
        new("git-missing", $"git could not be started: {why}.", "Install git, and put it on the PATH.");

    private static async Task WriteAsync(Process process, string? input, CancellationToken cancellation)
    {
        try
        {
            if (input is not null)
                await process.StandardInput.WriteAsync(input.AsMemory(), cancellation);
            process.StandardInput.Close();
        }
        catch (IOException)
        {
            // Git ended without reading; its exit code tells why.
        }
    }

    private async Task CopyAsync(Process process, Stream from, MemoryStream to, CancellationToken cancellation)
    {
        var buffer = new byte[81_920];
        try
        {
            for (int read; (read = await from.ReadAsync(buffer, cancellation)) > 0; )
            {
                to.Write(buffer.AsSpan(0, read));
                if (to.Length <= MostOutput)
                    continue;
                process.Kill(entireProcessTree: true);
                return;
            }
        }
        catch (OperationCanceledException)
        {
            // What has come until now is what there is.
        }
    }
}
