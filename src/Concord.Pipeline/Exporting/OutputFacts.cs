using Concord.Core.Domain;
using Concord.Pipeline.Documents;
using Concord.Pipeline.Trees;

namespace Concord.Pipeline.Exporting;

/// <summary>What stands beside an output's files.</summary>
/// <param name="Parameters">What the model was asked with, as one line of JSON; <c>{}</c> where not recorded.</param>
/// <param name="Screenshots">Paths of pictures in the workspace; may be empty.</param>
internal sealed record OutputFacts(string Parameters, IReadOnlyList<string> Screenshots)
{
    public static OutputFacts Of(FileTree tree, OutputKey key)
    {
        var path = $"{key.Folder}/output.json";
        var picture = $"{key.Folder}/screenshot.png";
        // The workspace was read, and its problems told.
        var parameters =
            tree.Read(path) is { } bytes
            && JsonFile.Parse(bytes, new(path)) is { Kind: NodeKind.Map } root
            && root.Keys.Zip(root.Items).FirstOrDefault(e => e.First.Value == "parameters").Second is { Kind: NodeKind.Map } map
                ? NodeJson.Of(map)
                : "{}";
        return new(parameters, tree.Read(picture) is null ? [] : [picture]);
    }
}
