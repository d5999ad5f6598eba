using Concord.Core.Domain;

namespace Concord.Pipeline.Checking;

/// <summary>Who proposes a pull request, as the forge says and nobody can forge.</summary>
/// <param name="Login">The login.</param>
/// <param name="IsMaintainer">Whether the forge counts the login among those who keep the repository.</param>
public sealed record PullRequestAuthor(string Login, bool IsMaintainer)
{
    /// <summary>The graders that the login is; several where somebody also runs a model that grades.</summary>
    public IReadOnlyList<Grader> Among(IReadOnlyDictionary<GraderId, Grader> graders) =>
        [.. graders.Values.Where(Is).OrderBy(g => g.Id)];

    /// <summary>Whether somebody may change how others are judged.</summary>
    public bool MayChangeRules(IReadOnlyDictionary<GraderId, Grader> graders) =>
        IsMaintainer || Among(graders).Any(g => g.Role == GraderRole.Lead);

    /// <summary>Whether a grader has this login, in any case of its letters.</summary>
    public bool Is(Grader grader) => string.Equals(grader.Github, Login, StringComparison.OrdinalIgnoreCase);
}
