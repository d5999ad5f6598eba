using Concord.Core.Statistics;
using Concord.Core.Statistics.RaterModels;

namespace Concord.Tests.Statistics;

/// <summary>The rater models on the reference cases.</summary>
internal static class RaterModelStatistics
{
    private static readonly RaterModelOptions Ten = new() { Iterations = 10, Tolerance = 0 };

    public static Dictionary<string, Func<List<double?>>> Of(ReferenceCase reference) =>
        reference.Name switch
        {
            "crowdkit-toy" => Toy(reference.Ratings()),
            "dawid-skene-1979" => Anaesthetists(reference),
            "facets-a" => Facets(reference.Ratings()),
            _ => [],
        };

    /// <summary>Items or raters in the order of the files, which is that of numbers, where ours are in ordinal order.</summary>
    public static IEnumerable<int> ByNumber(IReadOnlyList<string> names) =>
        Enumerable.Range(0, names.Count).OrderBy(i => ReferenceCase.Number(names[i].TrimStart('t', 'w')));

    private static Dictionary<string, Func<List<double?>>> Toy(Ratings ratings)
    {
        RaterModelFit Fit(RaterModel model, RaterModelOptions? options = null) => RaterModelFit.Of(ratings, model, options);
        List<double?> Skill(RaterModelFit fit) => Figures.Of(fit.Skill.Select(s => (double?)s));
        List<double?> Yes(RaterModelFit fit) =>
            [.. Enumerable.Range(0, fit.Items.Count).Select(item => (double?)fit.PosteriorOf(item)[1])];
        var mace = new RaterModelOptions { Iterations = 50, Tolerance = 0 };
        return new()
        {
            ["skills.mv"] = () => Skill(Fit(RaterModel.Majority)),
            ["p_yes.mv"] = () => Yes(Fit(RaterModel.Majority)),
            ["p_yes.ds10"] = () => Yes(Fit(RaterModel.Ds, Ten)),
            ["skills.onecoin10"] = () => Skill(Fit(RaterModel.OneCoin, Ten)),
            ["p_yes.onecoin10"] = () => Yes(Fit(RaterModel.OneCoin, Ten)),
            ["skills.wawa"] = () => Skill(Fit(RaterModel.Wawa)),
            ["p_yes.wawa"] = () => Yes(Fit(RaterModel.Wawa)),
            ["skills.zbs"] = () => Skill(Fit(RaterModel.Zbs)),
            ["p_yes.zbs"] = () => Yes(Fit(RaterModel.Zbs)),
            ["p_yes.mace"] = () => Yes(Fit(RaterModel.Mace, mace)),
            ["mace.spamming"] = () =>
                Figures.Of(Fit(RaterModel.Mace, mace).Spamming!.SelectMany(s => new double?[] { s.Spams, s.Knows })),
        };
    }

    private static Dictionary<string, Func<List<double?>>> Anaesthetists(ReferenceCase reference)
    {
        var builder = new RatingsBuilder(allowRepeats: true);
        foreach (var row in reference.Rows.Skip(1))
            builder.TryAdd(row[0], row[1], row[2]);
        var ratings = builder.Build();
        RaterModelFit Fit(RaterModel model) => RaterModelFit.Of(ratings, model, new() { Iterations = 500, Tolerance = 1e-9 });
        List<double?> Labels(RaterModelFit fit) =>
            [.. ByNumber(fit.Items).Select(item => (double?)fit.ClassValues![fit.LabelOf(item, out _)])];
        return new()
        {
            ["ds.class_prior"] = () => Figures.Of(Fit(RaterModel.Ds).Prior.Select(p => (double?)p)),
            ["ds.labels"] = () => Labels(Fit(RaterModel.Ds)),
            ["ds.posterior"] = () => Posteriors(Fit(RaterModel.Ds)),
            ["ds.confusion"] = () =>
            {
                var fit = Fit(RaterModel.Ds);
                return [.. ByNumber(fit.Raters).SelectMany(r => fit.ConfusionOf(r).ToArray().Select(p => (double?)p))];
            },
            ["majority_vote"] = () => Labels(Fit(RaterModel.Majority)),
        };
    }

    private static Dictionary<string, Func<List<double?>>> Facets(Ratings ratings)
    {
        var fit = new Lazy<RaterModelFit>(() => RaterModelFit.Of(ratings, RaterModel.Ds, Ten));
        return new()
        {
            ["ds10.labels"] = () =>
                [.. ByNumber(fit.Value.Items).Select(item => (double?)fit.Value.ClassValues![fit.Value.LabelOf(item, out _)])],
            ["ds10.posterior"] = () => Posteriors(fit.Value),
        };
    }

    private static List<double?> Posteriors(RaterModelFit fit) =>
        [.. ByNumber(fit.Items).SelectMany(item => fit.PosteriorOf(item).ToArray().Select(p => (double?)p))];
}
