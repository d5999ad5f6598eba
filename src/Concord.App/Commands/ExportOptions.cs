using System.CommandLine;
using System.CommandLine.Parsing;
using Concord.Core.Domain;
using Concord.Pipeline.Exporting;

namespace Concord.App.Commands;

/// <summary>The settings of a recipe as options.</summary>
internal sealed class ExportOptions
{
    private readonly List<(ExportSetting Setting, Option Option)> _options = [];

    public ExportOptions AddTo(Command command)
    {
        foreach (var setting in ExportSettings.All)
        {
            Option option = setting.IsFlag ? Flag(setting) : Value(setting);
            _options.Add((setting, option));
            command.Add(option);
        }
        return this;
    }

    /// <summary>A recipe with the options that were given; they win over a file.</summary>
    public ExportRecipe Apply(ExportRecipe recipe, ParseResult parsed)
    {
        foreach (var (setting, option) in _options)
            if (parsed.GetResult(option) is { Implicit: false } given)
                recipe = setting.Set(recipe, Text(setting, given))!;
        return recipe;
    }

    private static string Text(ExportSetting setting, OptionResult given) =>
        setting.IsFlag
            ? given.GetValueOrDefault<bool>()
                ? "true"
                : "false"
            : given.GetValueOrDefault<string>()!;

    private static Option<bool> Flag(ExportSetting setting) => new($"--{setting.Name}") { Description = setting.Description };

    private static Option<string> Value(ExportSetting setting)
    {
        var usual = setting.Get(new());
        var option = new Option<string>($"--{setting.Name}")
        {
            Description =
                setting.Choices.Count == 0
                    ? setting.Description
                    : $"{setting.Description} One of {string.Join(", ", setting.Choices)}.",
            HelpName = setting.Meta,
        };
        if (usual.Length > 0)
            option.DefaultValueFactory = _ => usual;
        if (setting.Choices.Count > 0)
            option.AcceptOnlyFromAmong([.. setting.Choices]);
        else
            option.Validators.Add(r =>
            {
                if (r.Tokens.Count > 0 && setting.Set(new(), r.Tokens[0].Value) is null)
                    r.AddError($"--{setting.Name} {setting.Rule}; '{PlainText.Of(r.Tokens[0].Value)}' is none.");
            });
        return option;
    }
}
