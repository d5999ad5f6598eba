namespace Concord.Core.Statistics.RaterModels;

/// <summary>The mixed-model equations of grade = mean + item + rater + residual at given ratios of variances.</summary>
/// <remarks>
/// M = I + λ_many Z Z′ + λ_few Z Z′ is the covariance of the grades over the residual variance. The larger side's part is block
/// diagonal and inverted in closed form; what is left for the smaller side is A = I + λ_few K, inverted densely.
/// Both ratios may be zero: nothing is divided by them.
/// </remarks>
internal sealed class CrossedSolution
{
    private readonly CrossedDesign design;
    private readonly double many;
    private readonly double few;
    private readonly double[] inverse;
    private readonly double inverseOverAll;
    private readonly double[] ofOnes;
    private readonly double[] manyOfOnes;
    private readonly double[] fewOfOnes;

    public CrossedSolution(CrossedDesign design, double many, double few)
    {
        (this.design, this.many, this.few) = (design, many, few);
        var eliminated = design.Eliminated(size => many / (1 + many * size));
        inverse = new double[eliminated.Length];
        for (var i = 0; i < inverse.Length; i++)
            inverse[i] = few * eliminated[i];
        for (var i = 0; i < design.Few; i++)
            inverse[i * design.Few + i] += 1;
        LogDeterminant = PositiveDefinite.Invert(inverse, design.Few);
        inverseOverAll = inverse.Sum();
        double traceFew = 0;
        for (var i = 0; i < inverse.Length; i++)
            traceFew += inverse[i] * eliminated[i];

        var ones = new double[design.Count];
        Array.Fill(ones, 1);
        ofOnes = Whiten(ones);
        Weight = ofOnes.Sum();
        manyOfOnes = SumsOfMany(ofOnes);
        fewOfOnes = SumsOfFew(ofOnes);

        double traceMany = 0;
        for (var member = 0; member < design.Many; member++)
        {
            var size = design.StartOfMany[member + 1] - design.StartOfMany[member];
            var d = 1 + many * size;
            LogDeterminant += Math.Log(d);
            traceMany += size / d - few * InverseOver(member) / (d * d);
        }
        TraceMany = traceMany - Squares(manyOfOnes) / Weight;
        TraceFew = traceFew - Squares(fewOfOnes) / Weight;

        var white = Whiten(design.Grades);
        Mean = white.Sum() / Weight;
        Residuals = Project(white);
        EffectsOfMany = Scaled(SumsOfMany(Residuals), many);
        EffectsOfFew = Scaled(SumsOfFew(Residuals), few);
        for (var row = 0; row < design.Count; row++)
            Quadratic += Residuals[row] * design.Grades[row];
    }

    /// <summary>log |M|.</summary>
    public double LogDeterminant { get; }

    /// <summary>1′ M⁻¹ 1.</summary>
    public double Weight { get; }

    /// <summary>The generalised least squares mean.</summary>
    public double Mean { get; }

    /// <summary>P y, where P is M⁻¹ without what the mean explains: the residuals.</summary>
    public double[] Residuals { get; }

    /// <summary>y′ P y.</summary>
    public double Quadratic { get; }

    /// <summary>The trace of P Z Z′ of the larger side.</summary>
    public double TraceMany { get; }

    /// <summary>The trace of P Z Z′ of the smaller side.</summary>
    public double TraceFew { get; }

    /// <summary>Best linear unbiased predictions.</summary>
    public double[] EffectsOfMany { get; }

    /// <summary>Best linear unbiased predictions.</summary>
    public double[] EffectsOfFew { get; }

    /// <summary>P x for any x of one value a rating.</summary>
    public double[] Projected(double[] x) => Project(Whiten(x));

    public double[] SumsOfMany(double[] x)
    {
        var sums = new double[design.Many];
        for (var member = 0; member < sums.Length; member++)
        for (var row = design.StartOfMany[member]; row < design.StartOfMany[member + 1]; row++)
            sums[member] += x[row];
        return sums;
    }

    public double[] SumsOfFew(double[] x)
    {
        var sums = new double[design.Few];
        for (var row = 0; row < x.Length; row++)
            sums[design.FewOf[row]] += x[row];
        return sums;
    }

    /// <summary>Variances of prediction over the residual variance, for each member of the larger side.</summary>
    /// <param name="withMean">Of mean + effect; else of the effect alone.</param>
    public double[] VariancesOfMany(bool withMean)
    {
        var variances = new double[design.Many];
        for (var member = 0; member < variances.Length; member++)
        {
            var d = 1 + many * (design.StartOfMany[member + 1] - design.StartOfMany[member]);
            variances[member] = many / d + few * InverseOver(member) * (many / d) * (many / d);
            variances[member] += OfMean(many * manyOfOnes[member], withMean);
        }
        return variances;
    }

    /// <summary>As <see cref="VariancesOfMany"/>, of the smaller side.</summary>
    public double[] VariancesOfFew(bool withMean)
    {
        var variances = new double[design.Few];
        for (var member = 0; member < variances.Length; member++)
            variances[member] = few * inverse[member * design.Few + member] + OfMean(few * fewOfOnes[member], withMean);
        return variances;
    }

    // What not knowing the mean adds: an effect takes the part `share` of the mean's error on itself.
    private double OfMean(double share, bool withMean) => (withMean ? (1 - share) * (1 - share) : share * share) / Weight;

    private double InverseOver(int member)
    {
        var members = design.FewOf.AsSpan(design.StartOfMany[member]..design.StartOfMany[member + 1]);
        if (members.Length == design.Few)
            return inverseOverAll;
        double sum = 0;
        for (var i = 0; i < members.Length; i++)
        {
            var row = inverse.AsSpan(members[i] * design.Few, design.Few);
            sum += row[members[i]];
            foreach (var other in members[(i + 1)..])
                sum += 2 * row[other];
        }
        return sum;
    }

    // M⁻¹ x.
    private double[] Whiten(double[] x)
    {
        var sums = SumsOfMany(x);
        var right = new double[design.Few];
        for (var member = 0; member < design.Many; member++)
        {
            var (start, end) = (design.StartOfMany[member], design.StartOfMany[member + 1]);
            var shrunken = many / (1 + many * (end - start)) * sums[member];
            for (var row = start; row < end; row++)
                right[design.FewOf[row]] += x[row] - shrunken;
        }
        var ofFew = Scaled(PositiveDefinite.Times(inverse, design.Few, right), few);
        var white = new double[x.Length];
        for (var member = 0; member < design.Many; member++)
        {
            var (start, end) = (design.StartOfMany[member], design.StartOfMany[member + 1]);
            double sum = 0;
            for (var row = start; row < end; row++)
                sum += white[row] = x[row] - ofFew[design.FewOf[row]];
            var shrunken = many / (1 + many * (end - start)) * sum;
            for (var row = start; row < end; row++)
                white[row] -= shrunken;
        }
        return white;
    }

    private double[] Project(double[] white)
    {
        var mean = white.Sum() / Weight;
        var projected = new double[white.Length];
        for (var row = 0; row < white.Length; row++)
            projected[row] = white[row] - mean * ofOnes[row];
        return projected;
    }

    private static double[] Scaled(double[] x, double factor) => Array.ConvertAll(x, value => factor * value);

    private static double Squares(double[] x) => x.Sum(value => value * value);
}
