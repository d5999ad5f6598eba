using System.Text;
using Concord.Core.Domain;
using Concord.Pipeline.Documents;

namespace Concord.Pipeline.Exporting;

/// <summary>A recipe as a YAML file: <c>schema: 1</c> and one line a setting, each as the option of the same name takes it.</summary>
public static class RecipeFile
{
    private const string Schema = "schema";

    /// <summary>Reads a recipe; settings that it leaves out are as without a recipe.</summary>
    /// <param name="bytes">The file.</param>
    /// <param name="path">Its name, for messages.</param>
    /// <exception cref="ConcordException">It is no YAML, or a setting is unknown or wrong.</exception>
    public static ExportRecipe Read(byte[] bytes, string path)
    {
        var problems = new ProblemList(path);
        var recipe = new ExportRecipe();
        if (
            YamlDocument.Parse(bytes, problems) is { } root
            && DocumentMap.Open(root, problems, "a recipe", [Schema, .. ExportSettings.All.Select(s => s.Key)]) is { } map
        )
        {
            if (map.Find(Schema) is { } schema && schema.Value != "1")
                problems.Error("unknown-schema", schema, "The schema is not 1.", "Update Concord, or write 1.");
            foreach (var setting in ExportSettings.All)
                if (map.OptionalText(setting.Key) is { } text)
                {
                    if (setting.Set(recipe, text) is { } next)
                        recipe = next;
                    else
                        problems.Error(
                            "wrong-recipe",
                            map.Find(setting.Key)!,
                            $"{setting.Key} {setting.Rule}; '{PlainText.Of(text)}' is none.",
                            "Correct the value, or remove the line."
                        );
                }
        }
        if (problems.HasErrors)
            throw new ConcordException([.. problems.Problems]);
        return recipe;
    }

    /// <summary>Every setting of a recipe, so that the file means the same with another version's defaults.</summary>
    public static byte[] Write(ExportRecipe recipe)
    {
        var text = new StringBuilder("schema: 1\n");
        foreach (var setting in ExportSettings.All)
            if (setting.Get(recipe) is { Length: > 0 } value)
                text.Append(setting.Key).Append(": ").Append(IsBare(value) ? value : YamlText.Of(value)).Append('\n');
        return Encoding.UTF8.GetBytes(text.ToString());
    }

    private static bool IsBare(string value) => value is "true" or "false" || NumberText.TryParse(value, out _);
}
