using Concord.Core.Domain;

namespace Concord.App.Commands;

/// <summary>The challenges and models that <c>--challenge</c> and <c>--models</c> name, of those whose outputs a workspace has.</summary>
internal static class NamedOutputs
{
    /// <summary>The named challenges of a kind; without a name all of it.</summary>
    /// <param name="workspace">The workspace.</param>
    /// <param name="names">What was asked for.</param>
    /// <param name="fits">Whether a challenge is of the kind.</param>
    /// <param name="refusal">Why a named one that is not cannot be taken.</param>
    /// <exception cref="ConcordException">A name is unknown, or of another kind.</exception>
    public static IReadOnlyList<Challenge> Challenges(
        Workspace workspace,
        string[] names,
        Func<Challenge, bool> fits,
        Func<Challenge, ConcordException> refusal
    )
    {
        string[] known = [.. workspace.Challenges.Select(c => c.Id.Value)];
        if (names.FirstOrDefault(n => !known.Contains(n, StringComparer.Ordinal)) is { } unknown)
            throw new ConcordException("unknown-challenge", $"There is no challenge '{unknown}'.", Nearest.Hint(unknown, known));
        Challenge[] named = [.. workspace.Challenges.Where(c => names.Contains(c.Id.Value, StringComparer.Ordinal))];
        if (named.FirstOrDefault(c => !fits(c)) is { } other)
            throw refusal(other);
        return names.Length > 0 ? named : [.. workspace.Challenges.Where(fits)];
    }

    /// <summary>The named models; none where no name is given. A model's name stands for all its samples.</summary>
    /// <param name="workspace">The workspace.</param>
    /// <param name="names">Names with commas between.</param>
    /// <exception cref="ConcordException">No output is by such a model.</exception>
    public static IReadOnlyList<ModelId> Models(Workspace workspace, string? names)
    {
        string[] known = [.. workspace.Outputs.SelectMany(o => new[] { o.Key.Model.Value, o.Key.Model.Model }).Distinct()];
        return
        [
            .. CommaSeparated
                .Split(names ?? "")
                .Select(n =>
                    known.Contains(n, StringComparer.Ordinal)
                        ? ModelId.Parse(n)
                        : throw new ConcordException("unknown-model", $"No output is by '{n}'.", Nearest.Hint(n, known))
                ),
        ];
    }
}
