using Concord.Tests.Support;

namespace Concord.BrowserTests.Support;

/// <summary>The project's own sample benchmark in a repository of its own.</summary>
internal static class Samples
{
    public const string Lead = "grader-a";

    /// <summary>Has graded nothing yet.</summary>
    public const string Newcomer = "grader-d";

    public static TestRepository Copy()
    {
        var repository = new TestRepository();
        foreach (var folder in new[] { "benchmarks", "grades", "consensus" })
        foreach (var file in Directory.EnumerateFiles(Path.Combine(SourceTree.Root, folder), "*", SearchOption.AllDirectories))
        {
            var relative = Path.GetRelativePath(SourceTree.Root, file);
            if (!relative.Contains(".cache", StringComparison.Ordinal))
                repository.Write(relative, File.ReadAllBytes(file));
        }
        repository.Write(
            "benchmarks/graders.yaml",
            repository.Read("benchmarks/graders.yaml")
                + $"- {{id: {Newcomer}, name: Sample grader D, emails: [{Newcomer}@concord.example], kind: human, role: grader}}\n"
        );
        repository.Git("config", "user.name", "Sample grader A");
        repository.Git("config", "user.email", "grader-a@concord.example");
        repository.Commit("samples");
        return repository;
    }
}
