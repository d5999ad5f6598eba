namespace Concord.Core.Domain.Preferences;

/// <summary>How sure it is that people prefer the chosen output of a pair.</summary>
/// <param name="Value">0 to 1; ½ where undefined, and where both are as good.</param>
/// <param name="Method">Where it comes from; null where the method asked for has nothing to go by.</param>
public readonly record struct PairConfidence(double Value, ConfidenceMethod? Method)
{
    /// <summary>Nothing is known of the pair.</summary>
    public static PairConfidence Undefined { get; } = new(0.5, null);

    /// <summary>What a record of a dataset says of the method.</summary>
    public string MethodName =>
        Method switch
        {
            null => "undefined",
            ConfidenceMethod.Beta11 => "beta11_common_graders",
            ConfidenceMethod.Bootstrap => "bootstrap_common_graders",
            ConfidenceMethod.BradleyTerry => "bradley_terry",
            _ => throw new ArgumentOutOfRangeException(nameof(Method), Method, "Not a method."),
        };
}
