using Concord.Core.Domain;
using Concord.Core.Domain.Replies;
using Concord.Core.Domain.Runs;
using Concord.Pipeline.Documents;
using Concord.Pipeline.Trees;
using Concord.Pipeline.Workspaces;

namespace Concord.Pipeline.Running;

/// <summary>What a run takes from the workspace: challenges, models, and what is there of outputs.</summary>
internal sealed class RunMaterial
{
    private const int LongestSystem = 1024 * 1024;

    private readonly FileTree _tree;
    private readonly Dictionary<ChallengeId, IReadOnlyList<StarterFile>> _starters = [];
    private readonly Dictionary<string, string> _systems = new(StringComparer.Ordinal);

    // Every model and every sample of a challenge is asked with the same words.
    private readonly Dictionary<(ChallengeId, string?), IReadOnlyList<Message>> _messages = [];

    private RunMaterial(FileTree tree, Benchmark benchmark, IReadOnlyList<Challenge> challenges) =>
        (_tree, Benchmark, Challenges) = (tree, benchmark, challenges);

    public Benchmark Benchmark { get; }

    public IReadOnlyList<Challenge> Challenges { get; }

    /// <summary>Reads it. Grades are no part of it, so a mistake in one stops nobody.</summary>
    /// <exception cref="ConcordException">Something in it is wrong.</exception>
    public static RunMaterial Read(FileTree tree)
    {
        var benchmark = WorkspaceReader.ReadBenchmark(tree);
        var problems = new List<Problem>();
        var challenges = ChallengeFolder.ReadAll(tree, problems);
        Problem[] errors = [.. problems.Where(p => p.Severity == Severity.Error)];
        return errors.Length > 0 ? throw new ConcordException(Problem.Sorted(errors)) : new(tree, benchmark, challenges);
    }

    /// <summary>The challenges of some ids; all where none is named.</summary>
    public IReadOnlyList<Challenge> ChallengesOf(IReadOnlyList<string> ids)
    {
        Require(ids, [.. Challenges.Select(c => c.Id.Value)], "unknown-challenge", "There is no challenge");
        return [.. Challenges.Where(c => ids.Count == 0 || ids.Contains(c.Id.Value))];
    }

    /// <summary>The models of some ids; all that have a provider where none is named.</summary>
    /// <exception cref="ConcordException">A model is not known, has no provider, or no model has one.</exception>
    public IReadOnlyList<ModelEntry> ModelsOf(IReadOnlyList<string> ids)
    {
        Require(ids, [.. Benchmark.Models.Select(m => m.Id.Value)], "unknown-model", "benchmark.yaml lists no model");
        foreach (var model in Benchmark.Models.Where(m => ids.Contains(m.Id.Value) && m.Provider is null))
            throw new ConcordException(
                "no-provider",
                $"The model '{model.Id}' has no provider, so it cannot be asked.",
                "Give it 'provider' and 'model' in benchmark.yaml.",
                WorkspaceFolder.BenchmarkFile
            );
        ModelEntry[] models =
        [
            .. Benchmark.Models.Where(m => m.Provider is not null && (ids.Count == 0 || ids.Contains(m.Id.Value))),
        ];
        return models.Length > 0
            ? models
            : throw new ConcordException(
                "no-models",
                "No model of benchmark.yaml has a provider, so there is nobody to ask.",
                "Add a provider under 'providers:', and 'provider' and 'model' to a model; benchmarks/README.md shows how.",
                WorkspaceFolder.BenchmarkFile
            );
    }

    public Provider ProviderOf(ModelEntry model) => Benchmark.Providers.First(p => p.Id == model.Provider);

    public OutputRecord? Record(OutputKey key) => OutputRecord.Read(_tree, key);

    /// <summary>What is sent for an output.</summary>
    public ModelQuestion Question(PlannedOutput planned)
    {
        var starters = Starters(planned.Challenge.Id);
        var at = (planned.Challenge.Id, planned.Model.System);
        if (!_messages.TryGetValue(at, out var messages))
            _messages[at] = messages = TaskPrompt.Messages(planned.Challenge, starters, System(planned.Model));
        return ModelQuestion.Of(planned, ProviderOf(planned.Model), messages, starters);
    }

    /// <summary>Stops where something would be written, or removed, through a link.</summary>
    public void CheckLink(string path)
    {
        if (_tree.LeadsThroughLink(path))
            throw new ConcordException(
                "link",
                "This leads through a link, which may lead out of the workspace, so nothing is written there.",
                "Put the folder itself here.",
                path
            );
    }

    /// <summary>Stops where an output would lie in the folder of another, or lead out of the workspace.</summary>
    public void CheckPlaces(IReadOnlyList<PlannedOutput> plan)
    {
        foreach (var output in plan.Where(o => o.IsToAsk))
        {
            CheckLink(output.Key.Folder);
            var id = output.Key.Model.Value;
            if (Benchmark.Models.FirstOrDefault(m => id.StartsWith(m.Id.Value + "/", StringComparison.Ordinal)) is { } outer)
                throw new ConcordException(
                    "nested-output",
                    $"The output of '{id}' would lie in the folder of '{outer.Id}'.",
                    "Rename one of the models.",
                    WorkspaceFolder.BenchmarkFile
                );
        }
    }

    /// <summary>Stops where models would be asked, and paid, for what nobody has written yet.</summary>
    public static void CheckPrompts(IReadOnlyList<PlannedOutput> plan)
    {
        Problem[] problems =
        [
            .. plan.Where(o => o.IsToAsk)
                .Select(o => o.Challenge)
                .DistinctBy(c => c.Id)
                .Where(c => c.Prompt.Contains(ChallengeFolder.PromptToWrite, StringComparison.Ordinal))
                .Select(c => new Problem(
                    Severity.Error,
                    "unwritten-prompt",
                    $"benchmarks/challenges/{c.Id}/prompt.md",
                    null,
                    null,
                    "The prompt is still as 'concord challenge add' made it.",
                    "Write the task, or name other challenges with --challenge."
                )),
        ];
        if (problems.Length > 0)
            throw new ConcordException(Problem.Sorted(problems));
    }

    private IReadOnlyList<StarterFile> Starters(ChallengeId id) =>
        _starters.TryGetValue(id, out var known) ? known : _starters[id] = ChallengeFolder.Starters(_tree, id);

    private string? System(ModelEntry model)
    {
        if (model.System is not { } name)
            return null;
        if (_systems.TryGetValue(name, out var known))
            return known;
        if (ReplyPath.Mistake(name) is { } mistake)
            throw new ConcordException(
                "wrong-value",
                $"The system prompt '{name}' of '{model.Id}' {mistake}.",
                "Name a file below benchmarks/, such as prompts/system.md.",
                WorkspaceFolder.BenchmarkFile
            );
        var problems = new ProblemList($"benchmarks/{name}");
        if (_tree.Read(problems.Path) is not { } bytes)
            throw new ConcordException(
                "missing-file",
                $"The system prompt of '{model.Id}' is not there, or is a link.",
                "Write it, or correct 'system' in benchmark.yaml.",
                problems.Path
            );
        return _systems[name] =
            Utf8Text.Decode(bytes, problems, LongestSystem) ?? throw new ConcordException(Problem.Sorted(problems.Problems));
    }

    private static void Require(IReadOnlyList<string> ids, IReadOnlyList<string> known, string rule, string none)
    {
        foreach (var id in ids.Where(i => !known.Contains(i)))
            throw new ConcordException(rule, $"{none} '{id}'.", Nearest.Hint(id, known));
    }
}
