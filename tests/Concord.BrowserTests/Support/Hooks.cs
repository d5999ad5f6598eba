using Concord.Tests.Support;

namespace Concord.BrowserTests.Support;

/// <summary>The user's hooks, as they stand between a grade and its commit.</summary>
internal static class Hooks
{
    private const string File = ".git/hooks/pre-commit";

    /// <summary>A hook that refuses.</summary>
    public static void Refuse(TestRepository repository, string words) => Write(repository, $"echo '{words}' >&2\nexit 1\n");

    /// <summary>A disk so slow that a commit ends when <see cref="Release"/> says so.</summary>
    public static void Hold(TestRepository repository) =>
        Write(
            repository,
            $"""
            touch '{repository["held"]}'
            n=0
            while [ ! -e '{repository["released"]}' ] && [ $n -lt 1200 ]; do sleep 0.05; n=$((n+1)); done

            """
        );

    /// <summary>Waits until a commit is under way.</summary>
    public static Task HeldAsync(TestRepository repository) =>
        Conditions.UntilAsync(() => System.IO.File.Exists(repository["held"]), "a commit under way");

    public static void Release(TestRepository repository) => repository.Write("released", "");

    public static void Remove(TestRepository repository) => System.IO.File.Delete(repository[File]);

    /// <summary>A hook that does what a script says.</summary>
    public static void Write(TestRepository repository, string script)
    {
        repository.Write(File, "#!/bin/sh\n" + script);
        if (!OperatingSystem.IsWindows())
            System.IO.File.SetUnixFileMode(
                repository[File],
                UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute
            );
    }
}
