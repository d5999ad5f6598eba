using System.Reflection;
using System.Text.RegularExpressions;
using Concord.Tests.Support;

namespace Concord.Tests;

/// <summary>The floors and conventions of the house, read off the sources and the built assemblies.</summary>
public sealed partial class ArchitectureTests
{
    private const int LongestFile = 400;

    /// <summary>What all of the pipeline stands on.</summary>
    private static readonly string[] Ground = ["Trees", "Documents", "Processes", "Http"];

    /// <summary>One outside thing each.</summary>
    private static readonly string[] Adapters = ["Git", "Csv", "Models", "GitHub", "Browser", "Sandbox", "Datasets", "Hub"];

    /// <summary>Between adapters and workflows.</summary>
    private static readonly string[] Middle = ["Workspaces"];

    /// <summary>One verb each.</summary>
    private static readonly string[] Workflows =
    [
        "Aggregating",
        "Checking",
        "Exporting",
        "Grading",
        "History",
        "Importing",
        "Judging",
        "Publishing",
        "Pushing",
        "Rendering",
        "Running",
        "Scaffolding",
        "Submitting",
        "Testing",
        "Validating",
    ];

    /// <summary>Files that gather records of one kind under a name of their own.</summary>
    private static readonly string[] Gatherings = ["Program.cs", "Policies.cs", "Rows.cs"];

    private static readonly string Root = SourceTree.Root;

    private static readonly SourceFile[] Sources =
    [
        .. Directory
            .EnumerateFiles(Path.Combine(Root, "src"), "*.cs", SearchOption.AllDirectories)
            .Select(f => Path.GetRelativePath(Path.Combine(Root, "src"), f).Replace('\\', '/'))
            .Where(f =>
                !f.Contains("/obj/", StringComparison.Ordinal)
                && !f.Contains("/bin/", StringComparison.Ordinal)
                && !f.Contains("/node_modules/", StringComparison.Ordinal)
            )
            .Order(StringComparer.Ordinal)
            .Select(f => new SourceFile(f, WithoutComments(File.ReadAllText(Path.Combine(Root, "src", f))))),
    ];

    [Fact]
    public void Sources_of_every_floor_are_found()
    {
        foreach (var floor in new[] { "Concord.Core", "Concord.Pipeline", "Concord.App" })
            Assert.True(Sources.Count(s => s.Project == floor) > 10, floor);
    }

    [Theory]
    [InlineData("Concord.Core")]
    [InlineData("Concord.Pipeline", "Concord.Core")]
    [InlineData("concord", "Concord.Core", "Concord.Pipeline")]
    public void A_floor_refers_only_to_floors_below(string assembly, params string[] below)
    {
        var referred = Assembly
            .Load(assembly)
            .GetReferencedAssemblies()
            .Select(a => a.Name!)
            .Where(n => n.StartsWith("Concord", StringComparison.OrdinalIgnoreCase));

        Assert.Equal(below, referred.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Core_has_no_effects_in_its_sources() =>
        None(
            Sources
                .Where(s => s.Project == "Concord.Core")
                .SelectMany(s => Effects().Matches(s.Text).Select(m => $"{s.Path}: {m.Value}"))
        );

    [Theory]
    [InlineData("File.ReadAllText(x)", true)]
    [InlineData("System.IO.Path.Combine(a)", true)]
    [InlineData("var now = DateTime.UtcNow;", true)]
    [InlineData("new Random(1)", true)]
    [InlineData("Random.Shared", true)]
    [InlineData("Environment.NewLine", true)]
    [InlineData("TimeProvider.System", true)]
    [InlineData("row.File.Length", false)]
    [InlineData("DateTimeOffset.Parse(x)", false)]
    [InlineData("problem.Path.Length", false)]
    public void Effects_are_known_by_their_names(string code, bool effect) => Assert.Equal(effect, Effects().IsMatch(code));

    [Fact]
    public void Core_refers_to_no_assembly_with_effects() =>
        None(
            Assembly
                .Load("Concord.Core")
                .GetReferencedAssemblies()
                .Select(a => a.Name!)
                .Where(n =>
                    n
                        is "System.Console"
                            or "System.Diagnostics.Process"
                            or "System.IO.FileSystem"
                            or "System.Net.Http"
                            or "LibGit2Sharp"
                            or "YamlDotNet"
                            or "CsvHelper"
                            or "Spectre.Console"
                )
        );

    [Fact]
    public void Statistics_know_nothing_of_the_domain() => None(Uses("Concord.Core/Statistics/", ["Domain"]));

    [Fact]
    public void Every_folder_of_the_pipeline_is_of_a_known_kind() =>
        None(
            Sources
                .Where(s => s.Project == "Concord.Pipeline")
                .Select(s => s.Folder)
                .Distinct()
                .Except([.. Ground, .. Adapters, .. Middle, .. Workflows])
        );

    [Fact]
    public void The_ground_stands_on_itself_alone() =>
        None(
            Ground.SelectMany(g => Uses($"Concord.Pipeline/{g}/", [.. Ground.Except([g]), .. Adapters, .. Middle, .. Workflows]))
        );

    [Fact]
    public void Adapters_know_neither_each_other_nor_what_is_above() =>
        None(Adapters.SelectMany(a => Uses($"Concord.Pipeline/{a}/", [.. Adapters.Except([a]), .. Middle, .. Workflows])));

    [Fact]
    public void Workspaces_know_no_workflow() => None(Uses("Concord.Pipeline/Workspaces/", Workflows));

    [Fact]
    public void Workflows_do_not_use_each_other() =>
        None(Workflows.SelectMany(w => Uses($"Concord.Pipeline/{w}/", [.. Workflows.Except([w])])));

    [Fact]
    public void A_namespace_is_its_folder() =>
        None(
            Sources
                .Where(s => s.Name != "Program.cs")
                .Select(s =>
                    (
                        s.Path,
                        Is: Namespace().Match(s.Text).Groups[1].Value,
                        Should: s.Path[..s.Path.LastIndexOf('/')].Replace('/', '.')
                    )
                )
                .Where(s => s.Is != s.Should)
                .Select(s => $"{s.Path}: {s.Is}")
        );

    [Fact]
    public void A_file_is_named_for_a_type_in_it() =>
        None(
            Sources
                .Where(s => !Gatherings.Contains(s.Name) && !s.Types.Contains(s.Name[..^3]))
                .Select(s => $"{s.Path}: {string.Join(", ", s.Types)}")
        );

    [Fact]
    public void A_file_holds_one_type_and_its_satellites() =>
        None(
            Sources.Where(s => !Gatherings.Contains(s.Name) && s.Types.Count > 5).Select(s => $"{s.Path}: {s.Types.Count} types")
        );

    [Fact]
    public void No_file_is_longer_than_400_lines() =>
        None(
            Sources
                .Select(s => (s.Path, Lines: File.ReadLines(Path.Combine(Root, "src", s.Path)).Count()))
                .Where(s => s.Lines > LongestFile)
                .Select(s => $"{s.Path}: {s.Lines}")
        );

    [Fact]
    public void An_interface_has_more_than_one_implementation()
    {
        var types = new[] { "Concord.Core", "Concord.Pipeline", "concord" }
            .SelectMany(a => Assembly.Load(a).GetTypes())
            .ToArray();

        None(
            types
                .Where(t =>
                    t.IsInterface && types.Count(c => c is { IsInterface: false, IsAbstract: false } && t.IsAssignableFrom(c)) < 2
                )
                .Select(t => t.FullName!)
        );
    }

    [Fact]
    public void No_type_has_a_name_that_says_nothing() =>
        None(Sources.SelectMany(s => s.Types.Where(t => Empty().IsMatch(t)).Select(t => $"{s.Path}: {t}")));

    [Theory]
    [InlineData("GradeManager", true)]
    [InlineData("CsvHelpers", true)]
    [InlineData("StringUtil", true)]
    [InlineData("StringUtils", true)]
    [InlineData("KnowledgeBase", true)]
    [InlineData("Grade", false)]
    [InlineData("Database", false)]
    public void Names_that_say_nothing_are_known_by_their_ends(string name, bool empty) =>
        Assert.Equal(empty, Empty().IsMatch(name));

    private static void None(IEnumerable<string> offences) => Assert.Equal([], offences.Order(StringComparer.Ordinal).ToArray());

    /// <summary>Where files below a folder name one of some namespaces, by using, in full, or from beside.</summary>
    private static IEnumerable<string> Uses(string below, string[] folders)
    {
        if (folders.Length == 0)
            return [];
        var names = string.Join('|', folders);
        var use = new Regex(
            $@"(?:Concord\.)?(?:Pipeline|Core)\.(?:{names})\b|(?<![\w.])(?:{names})\.(?=[A-Z])(?!\w+(?:Async)?\()"
        );
        return Sources
            .Where(s => s.Path.StartsWith(below, StringComparison.Ordinal))
            .SelectMany(s => use.Matches(s.Text).Select(m => $"{s.Path}: {m.Value}"));
    }

    private static string WithoutComments(string text) => Comment().Replace(text, "");

    [GeneratedRegex(@"^\s*//.*$|(?<=[;{}\s])//[^""\n]*$", RegexOptions.Multiline)]
    private static partial Regex Comment();

    [GeneratedRegex(@"^namespace ([\w.]+);", RegexOptions.Multiline)]
    private static partial Regex Namespace();

    [GeneratedRegex(
        @"^(?:public |internal |file )?(?:static |sealed |abstract |partial |readonly |ref |unsafe )*(?:class|record struct|record|struct|enum|interface|delegate [\w<>\[\]?]+) (\w+)",
        RegexOptions.Multiline
    )]
    private static partial Regex TopLevelType();

    [GeneratedRegex("(Manager|Helper|Util|Utilitie|Utility|Service|Processor|Info|Base)s?$")]
    private static partial Regex Empty();

    [GeneratedRegex(
        @"(?<![\w.])(?:(?:System\.)?(?:Console|Process|Environment|Stopwatch|Random|Thread)\.\w+|(?:System\.IO\.)?(?:File|Directory|Path)\.[A-Z]\w+\(|System\.IO\.\w+|(?:System\.)?DateTime(?:Offset)?\.(?:Now|UtcNow|Today)|TimeProvider\.System|Guid\.NewGuid|RandomNumberGenerator|new (?:System\.)?Random\b|new (?:FileInfo|DirectoryInfo|FileStream|HttpClient|ProcessStartInfo)\b)|using System\.(?:IO|Net|Diagnostics\.Process)\b"
    )]
    private static partial Regex Effects();

    private sealed record SourceFile(string Path, string Text)
    {
        public string Name => Path[(Path.LastIndexOf('/') + 1)..];

        public string Project => Path.Split('/')[0];

        public string Folder => Path.Split('/')[1];

        public IReadOnlyList<string> Types { get; } = [.. TopLevelType().Matches(Text).Select(m => m.Groups[1].Value)];
    }
}
