using System.Globalization;
using System.Text;
using Concord.Core.Domain;
using Concord.Core.Domain.Runs;
using Concord.Pipeline.Models;

namespace Concord.Pipeline.Running;

/// <summary>What is sent for one output.</summary>
/// <param name="Planned">The output.</param>
/// <param name="Request">The question.</param>
/// <param name="Starters">The challenge's starter files.</param>
internal sealed record ModelQuestion(PlannedOutput Planned, ModelRequest Request, IReadOnlyList<StarterFile> Starters)
{
    private readonly ModelProtocol _protocol = ModelProtocol.Of(Request.Provider.Api);

    public Uri Endpoint => _protocol.Endpoint(Request.Provider);

    public IReadOnlyDictionary<string, string> Sent => _protocol.Parameters(Request.Parameters);

    /// <summary>The SHA-256 of all that a reply depends on: the address, the request's body, the sample's number.</summary>
    public string Digest { get; } =
        Fingerprint.Sha256(
            [
                .. Encoding.UTF8.GetBytes(
                    $"{ModelProtocol.Of(Request.Provider.Api).Endpoint(Request.Provider)}\n{Planned.Key.Model.Sample}\n"
                ),
                .. ModelProtocol.Of(Request.Provider.Api).Body(Request),
            ]
        );

    public ulong Seed => ulong.Parse(Digest.AsSpan(0, 16), NumberStyles.HexNumber, CultureInfo.InvariantCulture);

    public double? CostAtMost => Planned.Model.Price?.Of(TokenEstimate.OfInput(Request.Messages), TokenEstimate.OfOutput(Sent));

    /// <summary>What an attempt without a count of tokens is taken to have cost.</summary>
    /// <param name="received">Characters of its reply; null where none was begun.</param>
    public double CostOf(long? received) =>
        received is not { } characters
            ? 0
            : Planned.Model.Price?.Of(TokenEstimate.OfInput(Request.Messages), TokenEstimate.OfText(characters)) ?? 0;

    /// <summary>The question for one output. A seed is raised by one for each further sample, or all would be the same.</summary>
    public static ModelQuestion Of(
        PlannedOutput planned,
        Provider provider,
        IReadOnlyList<Message> messages,
        IReadOnlyList<StarterFile> starters
    )
    {
        var parameters = new Dictionary<string, string>(planned.Model.Parameters, StringComparer.Ordinal);
        if (
            parameters.TryGetValue("seed", out var text)
            && long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var seed)
        )
            parameters["seed"] = (seed + planned.Key.Model.Sample - 1).ToString(CultureInfo.InvariantCulture);
        return new(planned, new(provider, planned.Model.Name ?? planned.Model.Id.Model, parameters, messages), starters);
    }
}
