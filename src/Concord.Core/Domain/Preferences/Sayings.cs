namespace Concord.Core.Domain.Preferences;

/// <summary>A number for each prompt with a reply: a million pairs are of a few thousand outputs, whose texts are long.</summary>
internal sealed class Sayings
{
    private readonly Dictionary<Candidate, int> numberOf = new(ReferenceEqualityComparer.Instance);

    /// <param name="outputs">All outputs that are held against each other.</param>
    public Sayings(IEnumerable<Candidate> outputs)
    {
        var numbers = new Dictionary<(string Prompt, string Text), int>();
        foreach (var output in outputs)
        {
            if (output.Prompt is not { } prompt)
                continue;
            if (!numbers.TryGetValue((prompt, output.Text), out var number))
                numbers[(prompt, output.Text)] = number = numbers.Count;
            numberOf[output] = number;
        }
        Repeat = numbers.Count < numberOf.Count;
    }

    /// <summary>Whether two outputs say the same; else no two pairs do.</summary>
    public bool Repeat { get; }

    /// <summary>An output's number; null where it is not known what was asked.</summary>
    public int? Of(Candidate output) => numberOf.TryGetValue(output, out var number) ? number : null;
}
