using Concord.Core.Statistics;
using Concord.Core.Statistics.RaterModels;

namespace Concord.Tests.Statistics;

/// <summary>The rater models on the reference cases.</summary>
/// <remarks>Not matched on purpose: <c>glad.alphas</c>, <c>glad.betas</c> and <c>p_yes.glad10</c>, see <see cref="ReferenceCasesTests"/>. crowd-kit
/// ends each maximisation at a gradient of 0.01, and from its eighth on moves no more: an independent script with that rule gives its
/// figures to 10⁻¹².</remarks>
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

    /// <summary>Labels that are texts, as the index of the class; null for what is not labels.</summary>
    public static List<double?>? Labels(ReferenceCase.Expectation expectation) =>
        expectation.Id.StartsWith("labels.", StringComparison.Ordinal)
            ? [.. expectation.Value.EnumerateArray().Select(label => label.GetString() == "yes" ? 1.0 : (double?)0)]
            : null;

    /// <summary>Items or raters in the order of the files, which is that of numbers, where ours are in ordinal order.</summary>
    public static IEnumerable<int> ByNumber(IReadOnlyList<string> names) =>
        Enumerable.Range(0, names.Count).OrderBy(i => ReferenceCase.Number(names[i].TrimStart('t', 'w')));

    private static Dictionary<string, Func<List<double?>>> Toy(Ratings ratings)
    {
        RaterModelFit Fit(RaterModel model, RaterModelOptions? options = null) => RaterModelFit.Of(ratings, model, options);
        List<double?> Skill(RaterModelFit fit) => Figures.Of(fit.Skill.Select(s => (double?)s));
        List<double?> Yes(RaterModelFit fit) =>
            [.. Enumerable.Range(0, fit.Items.Count).Select(item => (double?)fit.PosteriorOf(item)[1])];
        List<double?> Labels(RaterModelFit fit) =>
            [.. Enumerable.Range(0, fit.Items.Count).Select(item => (double?)fit.LabelOf(item, out _))];
        var mace = new RaterModelOptions { Iterations = 50, Tolerance = 0 };
        var majority = Fit(RaterModel.Majority);
        return new()
        {
            ["consistency"] = () =>

                [
                    VoteCertainty
                        .Consistency(
                            ratings,
                            majority.Skill,
                            [.. Enumerable.Range(0, ratings.Items.Count).Select(i => majority.LabelOf(i, out _))]
                        )
                        .Value,
                ],
            ["uncertainty.skills[.6,.8,1,.4,.8]"] = () => [VoteCertainty.Uncertainty(ratings, [0.6, 0.8, 1, 0.4, 0.8]).Value],
            ["labels.expected"] = () => Labels(Fit(RaterModel.Ds)),
            ["labels.mv"] = () => Labels(majority),
            ["labels.ds10"] = () => Labels(Fit(RaterModel.Ds, Ten)),
            ["labels.onecoin10"] = () => Labels(Fit(RaterModel.OneCoin, Ten)),
            ["labels.glad10"] = () => Labels(Fit(RaterModel.Glad, Ten)),
            ["labels.wawa"] = () => Labels(Fit(RaterModel.Wawa)),
            ["labels.zbs"] = () => Labels(Fit(RaterModel.Zbs)),
            ["labels.mace"] = () => Labels(Fit(RaterModel.Mace, mace)),
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
