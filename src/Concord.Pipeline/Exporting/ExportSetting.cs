namespace Concord.Pipeline.Exporting;

/// <summary>One value of a recipe, by the name that the command line and recipe files have for it.</summary>
/// <param name="Name">Such as <c>min-margin</c>; a recipe file writes <c>min_margin</c>.</param>
/// <param name="Meta">What stands for its value in a help text; empty for one that is on or off.</param>
/// <param name="Description">A sentence for the help text.</param>
/// <param name="Get">The value of a recipe, as text.</param>
/// <param name="Set">The recipe with another value; null where the text is none.</param>
/// <param name="Rule">What the value must be, as a sentence after the setting's name.</param>
public sealed record ExportSetting(
    string Name,
    string Meta,
    string Description,
    Func<ExportRecipe, string> Get,
    Func<ExportRecipe, string, ExportRecipe?> Set,
    string Rule
)
{
    /// <summary>The values that it can have, where they have names; else empty.</summary>
    public IReadOnlyList<string> Choices { get; init; } = [];

    /// <summary>Whether it is on or off.</summary>
    public bool IsFlag => Meta.Length == 0;

    /// <summary>Its name in a recipe file.</summary>
    public string Key => Name.Replace('-', '_');
}
