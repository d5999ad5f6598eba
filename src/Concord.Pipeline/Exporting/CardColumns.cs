namespace Concord.Pipeline.Exporting;

/// <summary>What the columns of the full record mean, for its card.</summary>
internal static class CardColumns
{
    public static IReadOnlyList<string[]> Rows { get; } =
    [
        ["`prompt`, `chosen`, `rejected`", "messages; each reply is one message of the assistant"],
        [
            "`pair_id`",
            "SHA-256 of `prompt_sha256`, chosen and rejected `…_output_sha256`, joined by line feeds: the same whatever is graded later",
        ],
        [
            "`prompt_sha256`, `…_output_sha256`",
            "SHA-256 of the prompt as JSON without spaces, of the reply's text (not the output id of grade files)",
        ],
        ["`challenge_id`, `challenge_version`", "the challenge; the digest of its prompt and starter files"],
        ["`…_model`, `…_gen_params`", "who wrote it; with which parameters, as JSON, `{}` where not recorded"],
        [
            "`…_score`, `score_margin`",
            "the weighted mean of the criteria's consensus, on the benchmark's scale; chosen less rejected",
        ],
        ["`…_CRITERION`, `weight_CRITERION`", "the consensus of one criterion; its share of the score"],
        ["`dimension_conflict`", "whether the chosen reply is worse on some criterion"],
        ["`…_n_votes`, `n_common_graders`", "people who scored the reply on every criterion; people who scored both"],
        [
            "`grader_wins`, `grader_ties`, `grader_losses`",
            "of those people, by their own scores: chosen better, equal, rejected better",
        ],
        [
            "`confidence`, `confidence_method`",
            "`beta11_common_graders`: (wins + ties/2 + 1) / (common + 2), so three people of one mind give 0.8; `bootstrap_common_graders`: how often the chosen has the higher mean when these people are drawn anew, 1 where they are of one mind; `bradley_terry`: its chance to win",
        ],
        [
            "`agreement`, `agreement_metric`",
            "Krippendorff's alpha (interval) of the graders' own scores over the challenge's replies; −2 with `undefined` where it is not defined, so leave those rows out of means",
        ],
        ["`…_chars`, `length_ratio`", "characters of the reply; chosen by rejected"],
        ["`pair_strategy`, `n_candidates`", "which replies of a challenge were compared; how many could be"],
        ["`split`, `split_key`", "where the row lies; the family of challenges by which that was drawn"],
        ["`grades_commit`, `exported_at_ms`", "the commit of grades and outputs; its time"],
        ["`pii_scrubbed`", "whether graders' notes stand in the row, and were scanned; prompts and replies are as they are"],
    ];
}
