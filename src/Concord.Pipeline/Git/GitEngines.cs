namespace Concord.Pipeline.Git;

/// <summary>Which git engines this machine has.</summary>
public static class GitEngines
{
    /// <summary>The version of the git command line; null where there is none.</summary>
    public static async Task<string?> CommandVersionAsync(CancellationToken cancellation)
    {
        try
        {
            var text = await new GitCommand(Path.GetTempPath()).RunAsync(["--version"], cancellation);
            return text.Trim().Split(' ').ElementAtOrDefault(2);
        }
        catch (Core.Domain.ConcordException)
        {
            return null;
        }
    }

    /// <summary>The version of libgit2; null where none of the versions that LibGit2Sharp understands is there.</summary>
    public static string? LibraryVersion => NativeGit.WhyNot is null ? NativeGit.Version : null;
}
