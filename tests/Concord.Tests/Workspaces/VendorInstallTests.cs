using System.Text;
using Concord.Pipeline.Workspaces;
using Concord.Tests.Support;

namespace Concord.Tests.Workspaces;

/// <summary>A workspace may come from anybody: npm is given nothing in it that runs programs, sends secrets or leads elsewhere.</summary>
public sealed class VendorInstallTests
{
    private const string Own = """{"name":"v","version":"1.0.0"}""";
    private const string Locked = """{"name":"v","version":"1.0.0","lockfileVersion":3,"packages":{"":{"name":"v"}}}""";

    [Theory]
    [InlineData("1.0.0")]
    [InlineData("^7.9.2 || >=8 <9")]
    [InlineData("1 - 2")]
    [InlineData("latest")]
    [InlineData("*")]
    [InlineData("")]
    [InlineData("npm:d3@5.16.0")]
    [InlineData("npm:@observablehq/plot@^0.6.17")]
    [InlineData("$d3")]
    public void A_version_of_a_registry_is_taken(string range)
    {
        Assert.Null(Mistake($$$$"""{"dependencies":{"x":"{{{{range}}}}"}}"""));
        Assert.Null(
            Mistake(Own, $$$$"""{"packages":{"node_modules/a":{"version":"1.0.0","dependencies":{"x":"{{{{range}}}}"}} } }""")
        );
    }

    [Theory]
    [InlineData("git+https://example.com/x.git")]
    [InlineData("git@example.com:x/y.git")]
    [InlineData("github:x/y")]
    [InlineData("x/y")]
    [InlineData("http://127.0.0.1/x.tgz")]
    [InlineData("https://example.com/x.tgz")]
    [InlineData("file:../..")]
    [InlineData("link:../..")]
    [InlineData("workspace:*")]
    [InlineData("../x")]
    [InlineData("..")]
    [InlineData("~/x")]
    [InlineData("/x")]
    [InlineData("x.tgz")]
    [InlineData("X.TAR.GZ")]
    [InlineData("npm:file:../x")]
    [InlineData("npm:x@git+https://example.com/x.git")]
    [InlineData("npm:x@../y")]
    [InlineData("1.0.0\\n")]
    public void Anything_else_is_refused_by_its_name(string range)
    {
        foreach (var kind in new[] { "dependencies", "devDependencies", "optionalDependencies", "peerDependencies", "overrides" })
        {
            Assert.StartsWith(
                "'x' is no package",
                Mistake($$$$"""{"{{{{kind}}}}":{"x":"{{{{range}}}}"}}"""),
                StringComparison.Ordinal
            );
            Assert.StartsWith(
                "'x' is no package",
                Mistake(Own, $$$$"""{"packages":{"node_modules/a":{"{{{{kind}}}}":{"x":"{{{{range}}}}"}} } }"""),
                StringComparison.Ordinal
            );
        }
        Assert.StartsWith("'x' is no", Mistake($$$$"""{"overrides":{"a":{"x":"{{{{range}}}}"}}}"""), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("[]", Locked)]
    [InlineData("{", Locked)]
    [InlineData("""{"workspaces":["../../.."]}""", Locked)]
    [InlineData("""{"dependencies":{"x":1}}""", Locked)]
    [InlineData(Own, "{")]
    [InlineData(Own, """{"lockfileVersion":1,"dependencies":{"x":{"version":"git+https://example.com/x"}}}""")]
    [InlineData(Own, """{"packages":{"../x":{}}}""")]
    [InlineData(Own, """{"packages":{"node_modules/../../x":{}}}""")]
    [InlineData(Own, """{"packages":{"node_modules/x":{"link":true,"resolved":"../.."}}}""")]
    [InlineData(Own, """{"packages":{"node_modules/x":{"resolved":"git+ssh://git@example.com/x.git#1"}}}""")]
    [InlineData(Own, """{"packages":{"node_modules/x":{"resolved":"http://127.0.0.1/x.tgz"}}}""")]
    [InlineData(Own, """{"packages":{"node_modules/x":{"resolved":["https://x"]}}}""")]
    [InlineData(Own, """{"packages":{"node_modules/x":null}}""")]
    public void A_lock_that_leads_elsewhere_is_refused(string own, string locked) => Assert.NotNull(Mistake(own, locked));

    [Fact]
    public void The_libraries_of_the_sample_are_taken()
    {
        var folder = Path.Combine(SourceTree.Root, "benchmarks/vendor");

        Assert.Null(
            VendorLock.Mistake(
                File.ReadAllBytes(Path.Combine(folder, "package.json")),
                File.ReadAllBytes(Path.Combine(folder, "package-lock.json"))
            )
        );
    }

    [Theory]
    [InlineData("benchmarks/vendor/node_modules")]
    [InlineData("benchmarks/.cache")]
    public async Task Npm_clears_no_folder_behind_a_link(string link)
    {
        using var victim = new TempFolder();
        victim.Write("new/keep.txt", "precious");
        using var folder = Workspace();
        Directory.CreateSymbolicLink(folder[link], victim.Path);

        var why = await VendorInstall.EnsureAsync(folder.Path, _ => { }, TestContext.Current.CancellationToken);

        Assert.EndsWith("leads through a link, which may lead out of the workspace.", why, StringComparison.Ordinal);
        Assert.Equal("precious", victim.Read("new/keep.txt"));
        Assert.Equal(["new"], Directory.EnumerateFileSystemEntries(victim.Path).Select(Path.GetFileName));
    }

    [Fact]
    public async Task Settings_of_npm_in_the_workspace_are_not_read()
    {
        using var folder = Workspace();
        // With these npm fails; others of them send secrets away, or name a program.
        foreach (var place in new[] { ".npmrc", "benchmarks/.npmrc", "benchmarks/vendor/.npmrc" })
            folder.Write(place, "global=true\n");
        folder.Write("package.json", """{"name":"root","workspaces":["benchmarks/vendor","benchmarks/.cache/new/*"]}""");
        folder.Write("benchmarks/vendor/node_modules/stale/package.json", "{}");

        var why = await VendorInstall.EnsureAsync(folder.Path, _ => { }, TestContext.Current.CancellationToken);

        Assert.SkipWhen(why?.StartsWith("npm is missing", StringComparison.Ordinal) == true, "There is no npm here.");
        Assert.Null(why);
        Assert.Equal([".concord-lock"], Entries(folder["benchmarks/vendor/node_modules"]).Where(n => n != ".package-lock.json"));
        Assert.Empty(Entries(folder["benchmarks/.cache/new"]));
        Assert.True(VendorInstall.IsInstalled(folder.Path, VendorFolder.LockDigest(folder.Path)!));
    }

    [Fact]
    public void Libraries_are_not_served_through_a_link()
    {
        using var outside = new TempFolder();
        outside.Write("secret.txt", "the secret");
        outside.Write("package.json", """{"name":"x","version":"1.0.0"}""");
        using var folder = Workspace();
        folder.Write("benchmarks/vendor/node_modules/real/a.txt", "a");
        Directory.CreateSymbolicLink(folder["benchmarks/vendor/node_modules/x"], outside.Path);

        var vendor = VendorFolder.Open(folder.Path);

        Assert.NotNull(vendor.Serve("real/a.txt"));
        Assert.Null(vendor.Serve("x/secret.txt"));
        Assert.Null(vendor.Serve("real/..%2f..%2f..%2fpackage.json"));
        Assert.Null(vendor.Serve("real/..%5c..%5cpackage.json"));
    }

    private static TempFolder Workspace()
    {
        var folder = new TempFolder();
        folder.Write("benchmarks/vendor/package.json", Own);
        folder.Write("benchmarks/vendor/package-lock.json", Locked);
        return folder;
    }

    private static IEnumerable<string> Entries(string folder) =>
        Directory.EnumerateFileSystemEntries(folder).Select(e => Path.GetFileName(e));

    private static string? Mistake(string own, string locked = Locked) =>
        VendorLock.Mistake(Encoding.UTF8.GetBytes(own), Encoding.UTF8.GetBytes(locked));
}
