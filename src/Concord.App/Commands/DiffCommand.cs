using System.CommandLine;
using Concord.Core.Domain;
using Concord.Core.Domain.Consensus;
using Concord.Pipeline.Trees;
using Concord.Pipeline.Workspaces;

namespace Concord.App.Commands;

internal static class DiffCommand
{
    public static Command Create(Terminal terminal)
    {
        var range = new Argument<string>("A..B") { Description = "Two commits; with only A, B is the files as they lie." };
        var command = new Command("diff", "What changed in grades and consensus between two commits.") { range };
        var options = new WorkspaceOptions(terminal).AddTo(command, at: false);
        command.SetAction(
            async (parsed, cancellation) =>
            {
                var ends = parsed.GetValue(range)!.Split("..", 2);
                if (ends[0].Length == 0 || (ends.Length == 2 && (ends[1].Length == 0 || ends[1].StartsWith('.'))))
                    throw new ConcordException(
                        "wrong-range",
                        $"'{parsed.GetValue(range)}' is not a range of two commits.",
                        "Write A..B, such as v1..main, or A alone."
                    );
                using var open = await options.OpenAsync(parsed, cancellation);
                var before = await AtAsync(terminal, open, ends[0], cancellation);
                var after =
                    ends.Length == 2
                        ? await AtAsync(terminal, open, ends[1], cancellation)
                        : Tables(terminal, open.Tree, open.Cache);
                var difference = ConsensusDifference.Of(before, after);
                if (options.AsJson(parsed))
                    Json.Write(terminal.Out, Document(difference));
                else
                    Print(terminal, difference);
                return ConcordCli.Done;
            }
        );
        return command;
    }

    private static async Task<(Workspace, ConsensusTables)> AtAsync(
        Terminal terminal,
        OpenWorkspace open,
        string name,
        CancellationToken cancellation
    )
    {
        var commit = await open.Repository.ResolveAsync(name, cancellation);
        using var tree = await open.Repository.OpenTreeAsync(commit, terminal.Error.WriteLine, cancellation);
        return Tables(terminal, tree, open.Cache);
    }

    // Consensus values alone are compared, so the intervals of agreement are not drawn.
    private static (Workspace, ConsensusTables) Tables(Terminal terminal, FileTree tree, GradeCache cache) =>
        terminal.While(
            $"Computing the consensus of {tree.Name}",
            () =>
            {
                var workspace = WorkspaceReader.Read(tree, cache).OrThrow();
                return (workspace, ConsensusTables.Of(workspace, workspace.Benchmark.Consensus with { Bootstrap = 0 }));
            }
        );

    private static void Print(Terminal terminal, ConsensusDifference difference)
    {
        if (difference.Grades.Count + difference.Decisions.Count + difference.Consensus.Count == 0)
        {
            terminal.Out.WriteLine("Neither grades nor consensus differ.");
            return;
        }
        PrintMoves(terminal, "grader", difference.Grades);
        PrintMoves(terminal, "lead's decisions", difference.Decisions);
        var decided = difference.Consensus.Any(m => m.IsRuling || IsDecided(m.After));
        if (difference.Consensus.Count == 0)
            terminal.Out.WriteLine("No consensus value moved.");
        else
            terminal.Table(
                [
                    "challenge",
                    "model",
                    "criterion",
                    "before",
                    "after",
                    "moved",
                    "graders",
                    .. decided ? ["adjudicated"] : Array.Empty<string>(),
                ],
                difference.Consensus.Select(m =>
                    (string[])
                        [
                            m.Key.Challenge.Value,
                            m.Key.Model.Value,
                            m.Criterion,
                            Cells.Number(m.Before?.Consensus),
                            Cells.Number(m.After?.Consensus),
                            Cells.Signed(m.By),
                            $"{m.Before?.Graders ?? 0} → {m.After?.Graders ?? 0}",
                            .. decided ? [Decided(m)] : Array.Empty<string>(),
                        ]
                ),
                3,
                4,
                5
            );
    }

    private static void PrintMoves(Terminal terminal, string whose, IReadOnlyList<GradeMove> moves)
    {
        if (moves.Count == 0)
            return;
        terminal.Table(
            [whose, "added", "changed", "removed"],
            moves.Select(g => (string[])[g.Grader.Value, Cells.Whole(g.Added), Cells.Whole(g.Changed), Cells.Whole(g.Removed)]),
            1,
            2,
            3
        );
        terminal.Out.WriteLine();
    }

    private static bool IsDecided(ConsensusRow? row) => row is not null && row.Flags.Contains(Flag.Adjudicated);

    private static string Decided(ConsensusMove move) =>
        (IsDecided(move.Before), IsDecided(move.After)) switch
        {
            (false, true) => "now",
            (true, true) => "still",
            (true, false) => "no longer",
            (false, false) => Cells.None,
        };

    private static IEnumerable<object> Moves(IReadOnlyList<GradeMove> moves) =>
        moves.Select(g => new
        {
            Grader = g.Grader.Value,
            g.Added,
            g.Changed,
            g.Removed,
        });

    private static object Document(ConsensusDifference difference) =>
        new
        {
            Grades = Moves(difference.Grades),
            Decisions = Moves(difference.Decisions),
            Consensus = difference.Consensus.Select(m => new
            {
                Challenge = m.Key.Challenge.Value,
                Model = m.Key.Model.Value,
                m.Criterion,
                Before = m.Before?.Consensus,
                After = m.After?.Consensus,
                Moved = m.By,
                GradersBefore = m.Before?.Graders ?? 0,
                GradersAfter = m.After?.Graders ?? 0,
                FlagsBefore = m.Before?.Flags.Select(f => Names.Of(f)),
                FlagsAfter = m.After?.Flags.Select(f => Names.Of(f)),
            }),
        };
}
