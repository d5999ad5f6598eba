using Concord.Core.Domain;
using Spectre.Console;

namespace Concord.App;

/// <summary>Where a command reads and writes: results on standard output, everything else on standard error.</summary>
internal sealed class Terminal
{
    private const int RedirectedWidth = 10_000;
    private const int NarrowBelow = 100;
    private const int LongestName = 24;

    public required TextWriter Out { get; init; }
    public required TextWriter Error { get; init; }
    public required Stream Input { get; init; }

    /// <summary>The folder that the command was called in.</summary>
    public required string Folder { get; init; }

    /// <summary>Whether standard output is a terminal that shows colours.</summary>
    public bool Colour { get; init; }

    /// <summary>Whether standard error is a terminal, so that progress can be drawn.</summary>
    public bool Interactive { get; init; }

    /// <summary>Whether somebody can be asked: standard input and error are a terminal.</summary>
    public bool CanAsk { get; init; }

    public int Width { get; init; } = RedirectedWidth;

    public static Terminal OfProcess()
    {
        var plain =
            Environment.GetEnvironmentVariable("NO_COLOR") is { Length: > 0 }
            || Environment.GetEnvironmentVariable("CI") is { Length: > 0 };
        return new()
        {
            Out = Console.Out,
            Error = Console.Error,
            Input = Console.OpenStandardInput(),
            Folder = Environment.CurrentDirectory,
            Colour = !Console.IsOutputRedirected && !plain,
            Interactive = !Console.IsErrorRedirected && !plain,
            CanAsk = !Console.IsInputRedirected && !Console.IsErrorRedirected,
            Width = Console.IsOutputRedirected || Console.WindowWidth <= 0 ? RedirectedWidth : Console.WindowWidth,
        };
    }

    /// <summary>Whether tables should leave out what can be read elsewhere.</summary>
    public bool IsNarrow => Width < NarrowBelow;

    /// <summary>Writes a table to standard output that fits the terminal; numbers stand to the right.</summary>
    public void Table(string[] header, IEnumerable<string[]> rows, params int[] numbers)
    {
        string[][] cells = [.. rows.Select(row => Array.ConvertAll(row, PlainText.Of))];
        var table = new Table { Border = TableBorder.None, ShowHeaders = true };
        for (var i = 0; i < header.Length; i++)
        {
            var column = new TableColumn(new Text(header[i], new Style(decoration: Decoration.Bold)))
            {
                Padding = new(0, 0, IsNarrow ? 1 : 2, 0),
                // Names and numbers stay whole; sentences give way.
                NoWrap = cells.All(row => row[i].Length <= LongestName),
            };
            table.AddColumn(numbers.Contains(i) ? column.RightAligned() : column);
        }
        foreach (var row in cells)
            table.AddRow(row.Select(cell => new Text(cell)));
        var console = AnsiConsole.Create(
            new()
            {
                Ansi = Colour ? AnsiSupport.Detect : AnsiSupport.No,
                ColorSystem = Colour ? ColorSystemSupport.Detect : ColorSystemSupport.NoColors,
                Interactive = InteractionSupport.No,
                Out = new AnsiConsoleOutput(new TrimmedLines(Out)),
            }
        );
        console.Profile.Width = Width;
        console.Write(table);
    }

    /// <summary>Runs something that may take long; on a terminal a line says so while it lasts.</summary>
    public T While<T>(string what, Func<T> work)
    {
        if (!Interactive)
            return work();
        using var timer = new Timer(_ => Error.Write($"\r{what} …"), null, TimeSpan.FromSeconds(1), Timeout.InfiniteTimeSpan);
        try
        {
            return work();
        }
        finally
        {
            timer.Change(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
            Error.Write("\r\e[K");
        }
    }
}
