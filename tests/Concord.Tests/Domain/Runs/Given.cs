using Concord.Core.Domain;

namespace Concord.Tests.Domain.Runs;

internal static class Given
{
    public static Challenge Challenge(string id = "bars", string digest = "d1", params string[] protectedFiles) =>
        new(
            ChallengeId.Parse(id),
            id,
            ChallengeKind.Visualization,
            [],
            null,
            new(800, 600),
            null,
            10,
            [],
            protectedFiles,
            [],
            "Draw.\n",
            digest
        );

    public static ModelEntry Model(string id) => new(ModelId.Parse(id), "p", id, null, new Dictionary<string, string>());
}
