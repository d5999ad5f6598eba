using Concord.Tests.Support;

namespace Concord.Tests.Rendering;

public sealed class ShardedRenderTests
{
    private const int Pages = 6;

    [Fact]
    public async Task Three_clones_with_a_shard_each_join_to_the_tree_of_one_that_rendered_all_in_any_order()
    {
        RenderWorkspace.RequireBrowser();
        using var origin = Origin();
        using var clones = new TempFolder();
        var rendered = 0;
        for (var i = 1; i <= 3; i++)
        {
            var clone = Clone(origin, clones, $"shard-{i}");
            await RenderAsync(clone, "--shard", $"{i}/3");
            rendered += Commit(origin, clone);
            // As .github/workflows/render.yml hands a shard on.
            origin.Git("-C", clone, "bundle", "create", "-q", $"{clone}.bundle", "origin/main..HEAD");
        }
        var whole = Clone(origin, clones, "whole");
        await RenderAsync(whole);
        Commit(origin, whole);

        string[] trees =
        [
            Tree(origin, whole),
            .. new[] { "123", "312", "231" }.Select(order => PickedTree(origin, clones, order)),
            .. new[] { "132", "321" }.Select(order => MergedTree(origin, clones, order)),
        ];

        Assert.Equal(Pages, rendered);
        Assert.Single(trees.Distinct());
        Assert.NotEqual(origin.Git("rev-parse", "main^{tree}"), trees[0]);
    }

    private static TestRepository Origin()
    {
        var origin = new TestRepository();
        using var pages = RenderWorkspace.OfPages(Pages);
        foreach (var file in Directory.EnumerateFiles(pages.Path, "*", SearchOption.AllDirectories))
            origin.Write(Path.GetRelativePath(pages.Path, file), File.ReadAllBytes(file));
        origin.Write(".gitignore", "benchmarks/.cache/\nnode_modules/\n");
        origin.Commit("pages");
        origin.Git("clone", "-q", "--bare", origin.Path, origin["remote.git"]);
        return origin;
    }

    private static string Clone(TestRepository origin, TempFolder clones, string name)
    {
        origin.Git("clone", "-q", origin["remote.git"], clones[name]);
        return clones[name];
    }

    private static async Task RenderAsync(string clone, params string[] arguments)
    {
        var run = await CommandLine.RunAsync(clone, ["render", .. arguments]);
        Assert.True(run.ExitCode == 0, run.Error);
    }

    /// <returns>How many screenshots the commit adds.</returns>
    private static int Commit(TestRepository origin, string clone)
    {
        origin.Git("-C", clone, "add", "--all");
        origin.Git("-C", clone, "commit", "-q", "-m", "rendered");
        return origin
            .Git("-C", clone, "diff", "--name-only", "--diff-filter=A", "HEAD~", "--", "*.png")
            .Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Length;
    }

    private static string PickedTree(TestRepository origin, TempFolder clones, string order)
    {
        var join = Clone(origin, clones, $"picked-{order}");
        foreach (var shard in order)
        {
            origin.Git("-C", join, "fetch", "-q", clones[$"shard-{shard}.bundle"], "HEAD");
            origin.Git("-C", join, "cherry-pick", "--no-commit", "-X", "no-renames", "FETCH_HEAD");
        }
        origin.Git("-C", join, "commit", "-q", "-m", "joined");
        return Tree(origin, join);
    }

    private static string MergedTree(TestRepository origin, TempFolder clones, string order)
    {
        var join = Clone(origin, clones, $"merged-{order}");
        foreach (var shard in order)
        {
            origin.Git("-C", join, "fetch", "-q", clones[$"shard-{shard}"], "HEAD");
            origin.Git("-C", join, "merge", "-q", "--no-edit", "FETCH_HEAD");
        }
        return Tree(origin, join);
    }

    private static string Tree(TestRepository origin, string clone) => origin.Git("-C", clone, "rev-parse", "HEAD^{tree}");
}
