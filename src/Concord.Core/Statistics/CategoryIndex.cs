using System.Globalization;

namespace Concord.Core.Statistics;

/// <summary>Numbers the categories as they come, by text or by value, and puts them into their one order at the end.</summary>
internal sealed class CategoryIndex
{
    private readonly Dictionary<string, int> byText = new(StringComparer.Ordinal);
    private readonly Dictionary<double, int> byValue = [];
    private int count;

    public int IdOf(string text)
    {
        if (!byText.TryGetValue(text, out var id))
            byText.Add(text, id = count++);
        return id;
    }

    public int IdOf(double value)
    {
        if (!byValue.TryGetValue(value, out var id))
            byValue.Add(value, id = count++);
        return id;
    }

    /// <summary>Labels and values in order, and for each id the place of its category. "1", "1.0" and 1 are one category when all are numbers;
    /// when some are not, a value is its plain notation.</summary>
    public (string[] Labels, double[]? Values, int[] Rank) Sort()
    {
        var texts = new string[count];
        var numbers = new double[count];
        var allNumbers = true;
        foreach (var (text, id) in byText)
        {
            texts[id] = text;
            allNumbers &= TryParse(text, out numbers[id]);
        }
        foreach (var (value, id) in byValue)
        {
            numbers[id] = value + 0.0; // −0 becomes 0
            texts[id] = Text(numbers[id]);
        }

        if (allNumbers)
        {
            double[] values = [.. numbers.Distinct().Order()];
            return ([.. values.Select(Text)], values, Array.ConvertAll(numbers, n => Array.BinarySearch(values, n)));
        }
        string[] labels = [.. texts.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];
        return (labels, null, Array.ConvertAll(texts, t => Array.BinarySearch(labels, t, StringComparer.Ordinal)));
    }

    private static bool TryParse(string text, out double value)
    {
        const NumberStyles plain = NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent;
        var isNumber = double.TryParse(text, plain, CultureInfo.InvariantCulture, out value) && double.IsFinite(value);
        value += 0.0; // −0 becomes 0
        return isNumber;
    }

    private static string Text(double value) => value.ToString(CultureInfo.InvariantCulture);
}
