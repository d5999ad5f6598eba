using System.Text.RegularExpressions;

namespace Concord.Core.Domain;

/// <summary>The name of an account at GitHub, as graders.yaml has it under <c>github:</c>.</summary>
public static partial class GitHubLogin
{
    /// <summary>What a login is, for people.</summary>
    public const string Rule =
        "Write the account's name, as in github.com/NAME: at most 39 letters, digits and single hyphens between them.";

    private const int Longest = 39;

    /// <summary>
    /// Whether a text can be a login: 1 to 39 characters of A–Z, a–z, 0–9 and single hyphens, none at an end; of accounts that a
    /// company manages an underscore and its short name follow, of an app's account <c>[bot]</c>. Source: GitHub's form for new
    /// accounts, and its documents on Enterprise Managed Users.
    /// </summary>
    /// <param name="text">Any text.</param>
    public static bool IsLogin(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        const string Bot = "[bot]";
        var name = text.EndsWith(Bot, StringComparison.Ordinal) ? text[..^Bot.Length] : text;
        return name.Length <= Longest && Form().IsMatch(name);
    }

    [GeneratedRegex(@"\A[A-Za-z0-9]+(?:-[A-Za-z0-9]+)*(?:_[A-Za-z0-9]+)?\z")]
    private static partial Regex Form();
}
