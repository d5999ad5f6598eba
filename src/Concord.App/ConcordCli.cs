using System.CommandLine;
using System.CommandLine.Help;
using System.Reflection;
using Concord.App.Commands;
using Concord.Core.Domain;

namespace Concord.App;

/// <summary>The command line: builds the commands, runs one, and turns failures into exit codes.</summary>
internal static class ConcordCli
{
    public const int Done = 0;
    public const int Findings = 1;
    public const int CanBeMended = 2;
    public const int Bug = 3;
    public const int Interrupted = 130;

    public static string Version { get; } =
        typeof(ConcordCli).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "0";

    // A table of the wrong kind is wrong in every line.
    private const int MostProblems = 50;

    // An argument such as '@lee' is a login, not a file of arguments.
    private static readonly ParserConfiguration Plain = new() { ResponseFileTokenReplacer = null };

    public const string InterruptedMessage = "Interrupted; nothing was left half-written.";

    private static readonly (string Name, Func<Terminal, Command> Create)[] Commands =
    [
        ("demo", DemoCommand.Create),
        ("init", InitCommand.Create),
        ("challenge", ChallengeCommand.Create),
        ("grader", GraderCommand.Create),
        ("import", ImportCommand.Create),
        ("bench", BenchCommand.Create),
        ("grade", GradeCommand.Create),
        ("submit", SubmitCommand.Create),
        ("check", CheckCommand.Create),
        ("consensus", ConsensusCommand.Create),
        ("queue", QueueCommand.Create),
        ("agreement", AgreementCommand.Create),
        ("history", HistoryCommand.Create),
        ("diff", DiffCommand.Create),
        ("compare", CompareCommand.Create),
        ("export", ExportCommand.Create),
        ("validate", ValidateCommand.Create),
        ("stats", StatsCommand.Create),
        ("push", PushCommand.Create),
        ("render", RenderCommand.Create),
        ("render-worker", RenderWorkerCommand.Create),
        ("ci", CiCommand.Create),
        (MergeGradesCommand.Name, MergeGradesCommand.Create),
        (TextconvCommand.Name, TextconvCommand.Create),
        ("doctor", DoctorCommand.Create),
    ];

    public static async Task<int> RunAsync(string[] arguments, Terminal terminal, CancellationToken cancellation)
    {
        try
        {
            var root = Root(terminal, arguments);
            // Else the width is the console's, even where the output goes elsewhere.
            foreach (var help in root.Options.OfType<HelpOption>().Select(o => o.Action).OfType<HelpAction>())
                help.MaxWidth = terminal.Width;
            var parsed = root.Parse(arguments, Plain);
            if (parsed.Errors.Count > 0)
            {
                // Of three arguments that are missing the parser says three times the same.
                foreach (var error in parsed.Errors.Select(e => e.Message).Distinct(StringComparer.Ordinal))
                    await terminal.Error.WriteLineAsync(error);
                await terminal.Error.WriteLineAsync($"See 'concord {string.Join(' ', Path(parsed.CommandResult))}--help'.");
                return CanBeMended;
            }
            var configuration = new InvocationConfiguration
            {
                Output = terminal.Out,
                Error = terminal.Error,
                EnableDefaultExceptionHandler = false,
                // Program.cs handles the signals.
                ProcessTerminationTimeout = null,
            };
            return await parsed.InvokeAsync(configuration, cancellation);
        }
        catch (ConcordException e)
        {
            foreach (var problem in e.Problems.Take(MostProblems))
                await terminal.Error.WriteLineAsync(problem.ToString());
            if (e.Problems.Count > MostProblems)
                await terminal.Error.WriteLineAsync($"… and {e.Problems.Count - MostProblems} more.");
            return CanBeMended;
        }
        catch (OperationCanceledException)
        {
            await terminal.Error.WriteLineAsync(InterruptedMessage);
            return Interrupted;
        }
        catch (FileNotFoundException e) when (System.IO.Path.IsPathRooted(e.FileName))
        {
            await terminal.Error.WriteLineAsync($"There is no file {PlainText.Of(e.FileName!)}. Name one that is there.");
            return CanBeMended;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            await terminal.Error.WriteLineAsync(
                $"The file system refused: {e.Message} Give permission, or make room, then run the command again."
            );
            return CanBeMended;
        }
        catch (Exception e) when (e is OutOfMemoryException or AggregateException { InnerException: OutOfMemoryException })
        {
            await terminal.Error.WriteLineAsync(
                "The memory did not suffice. Give fewer rows, or fewer of the models and coefficients at once, or run on a larger machine."
            );
            return CanBeMended;
        }
#pragma warning disable CA1031 // The last line of defence: what is not foreseen is a bug, and says so.
        catch (Exception e)
#pragma warning restore CA1031
        {
            await terminal.Error.WriteLineAsync($"This is a bug in Concord. Please report it with this text:\n{e}");
            return Bug;
        }
    }

    // Only the command that is called: making all of them takes longer than many of them run.
    private static RootCommand Root(Terminal terminal, string[] arguments)
    {
        var root = new RootCommand("Grades of AI outputs in git: check them, make their consensus, export training data.");
        var called = Array.FindIndex(Commands, c => arguments.Length > 0 && c.Name == arguments[0]);
        foreach (var (_, create) in called < 0 ? Commands : [Commands[called]])
            root.Add(create(terminal));
        return root;
    }

    private static Stack<string> Path(System.CommandLine.Parsing.CommandResult command)
    {
        var names = new Stack<string>([""]);
        for (var c = command; c.Parent is System.CommandLine.Parsing.CommandResult parent; c = parent)
            names.Push(c.Command.Name);
        return names;
    }
}
