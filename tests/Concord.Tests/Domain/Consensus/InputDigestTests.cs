using Concord.Core.Domain;
using Concord.Core.Domain.Consensus;

namespace Concord.Tests.Domain.Consensus;

public sealed class InputDigestTests
{
    [Fact]
    public void The_order_of_rows_does_not_matter() =>
        Assert.Equal(Digest(Given().Workspace()), Digest(Given().Workspace(shuffled: true)));

    [Fact]
    public void Whatever_the_files_of_consensus_depend_on_changes_it()
    {
        var workspace = Given().Workspace();
        var benchmark = workspace.Benchmark;
        var criterion = benchmark.Criteria[0];
        var output = workspace.Outputs[0];
        Workspace[] changed =
        [
            Given().Grade("zoe", "1").Workspace(),
            Given().Listed("ada", GraderKind.Model).Workspace(),
            Given().Listed("ada", weight: 2).Workspace(),
            workspace with
            {
                Benchmark = benchmark with { Title = "Other" },
            },
            workspace with
            {
                Benchmark = benchmark with { Flags = new(2, 0.35) },
            },
            workspace with
            {
                Benchmark = benchmark with { Consensus = benchmark.Consensus with { MinGraders = 9 } },
            },
            workspace with
            {
                Benchmark = benchmark with { Consensus = benchmark.Consensus with { Seed = 9 } },
            },
            workspace with
            {
                Benchmark = benchmark with { Criteria = [criterion with { Weight = 9 }] },
            },
            workspace with
            {
                Benchmark = benchmark with { Criteria = [criterion with { Title = "Other" }] },
            },
            workspace with
            {
                Outputs = [output with { Id = OutputId.Parse(Poll.Before) }, .. workspace.Outputs.Skip(1)],
            },
            workspace with
            {
                Outputs = [output with { Checks = [new("loads", true, null, "")] }, .. workspace.Outputs.Skip(1)],
            },
            workspace with
            {
                Outputs = [output with { ChallengeDigest = "dddddddddddd" }, .. workspace.Outputs.Skip(1)],
            },
        ];

        Assert.Equal(changed.Length + 1, changed.Append(workspace).Select(Digest).Distinct().Count());
    }

    private static Poll Given() =>
        new Poll().Grade("ada", "4").Grade("ada", "2", "two").Grade("ben", "5", "two").Grade("ben", "3", minute: 4);

    private static string Digest(Workspace workspace) => ConsensusTables.Of(workspace).InputsDigest;
}
