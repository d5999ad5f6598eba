namespace Concord.Tests.Validating;

/// <summary>A good row of each format, numbered so that no two are the same.</summary>
internal static class Samples
{
    private static readonly Dictionary<string, string> Rows = new()
    {
        ["trl"] = """{"prompt":"Draw #.\n\n","chosen":"<h1>25:00</h1>","rejected":"<p>timer</p>"}""",
        ["trl-conversational"] =
            """{"prompt":[{"role":"system","content":"Be brief."},{"role":"user","content":"Draw #."}],"chosen":[{"role":"assistant","content":"<h1>25:00</h1>"}],"rejected":[{"role":"assistant","content":"<p>timer</p>"}]}""",
        ["openai-dpo"] =
            """{"input":{"messages":[{"role":"user","content":"Draw #."}],"tools":[],"parallel_tool_calls":true},"preferred_output":[{"role":"assistant","content":"<h1>25:00</h1>"}],"non_preferred_output":[{"role":"assistant","content":"<p>timer</p>"}]}""",
        ["kto"] =
            """{"prompt":[{"role":"user","content":"Draw #."}],"completion":[{"role":"assistant","content":"<h1>25:00</h1>"}],"label":true}""",
        ["reward"] =
            """{"chosen":[{"role":"user","content":"Draw #."},{"role":"assistant","content":"<h1>25:00</h1>"}],"rejected":[{"role":"user","content":"Draw #."},{"role":"assistant","content":"<p>timer</p>"}],"margin":0.44}""",
        ["ultrafeedback"] =
            """{"source":"bars","prompt":"Draw #.","chosen":[{"role":"user","content":"Draw #."},{"role":"assistant","content":"<h1>25:00</h1>"}],"chosen-rating":4.3,"chosen-model":"a/x","rejected":[{"role":"user","content":"Draw #."},{"role":"assistant","content":"<p>timer</p>"}],"rejected-rating":2.1,"rejected-model":"b/y"}""",
        ["llama-factory"] =
            """{"conversations":[{"from":"human","value":"Draw #."}],"system":"","chosen":{"from":"gpt","value":"<h1>25:00</h1>"},"rejected":{"from":"gpt","value":"<p>timer</p>"}}""",
        ["axolotl"] =
            """{"messages":[{"role":"user","content":"Draw #."}],"chosen":{"role":"assistant","content":"<h1>25:00</h1>"},"rejected":{"role":"assistant","content":"<p>timer</p>"}}""",
        ["ratings"] = """{"prompt":"Draw #.","response":"<h1>25:00</h1>","functionality":4.5,"aesthetics":4.0}""",
        ["nemo-rl"] =
            """{"context":[{"role":"user","content":"Draw #."}],"completions":[{"rank":0,"completion":[{"role":"assistant","content":"<h1>25:00</h1>"}]},{"rank":1,"completion":[{"role":"assistant","content":"<p>timer</p>"}]}]}""",
        ["hh"] =
            """{"chosen":"\n\nHuman: Draw #.\n\nAssistant: <h1>25:00</h1>","rejected":"\n\nHuman: Draw #.\n\nAssistant: <p>timer</p>"}""",
        ["sft"] = """{"messages":[{"role":"user","content":"Draw #."},{"role":"assistant","content":"<h1>25:00</h1>"}]}""",
        ["record"] =
            """{"schema_version":"1.0","pair_id":"031c4171d00da225ebb1a0064fb58f964de7d267a6cb6073ee17382bc1fd0000","challenge_id":"bars-#","challenge_version":"2","prompt_sha256":"5670f80c0abe064d9c3609ec70887a85c45309d39838f904ac70183cc6fd0000","prompt":[{"role":"user","content":"Draw #."}],"chosen":[{"role":"assistant","content":"<h1>25:00</h1>"}],"rejected":[{"role":"assistant","content":"<p>timer</p>"}],"chosen_model":"a/x","rejected_model":"b/y","chosen_output_sha256":"6b563e145386852e87e3dff142bc05f3e288f4f072f253642c1a81cc973af31c","rejected_output_sha256":"bc7117fd6e1b54f8aa1044d990ab9b16f708704b8661d2637b34320fb5efb695","chosen_gen_params":"{}","rejected_gen_params":"{}","chosen_score":4.3,"rejected_score":2.1,"score_margin":2.2,"chosen_clarity":4.3,"rejected_clarity":2.1,"weight_clarity":1.0,"dimension_conflict":false,"chosen_n_votes":5,"rejected_n_votes":4,"n_common_graders":4,"grader_wins":4,"grader_ties":0,"grader_losses":0,"agreement":0.61,"agreement_metric":"krippendorff_alpha_ordinal","confidence":0.8333,"confidence_method":"beta11_common_graders","confidence_seed":42,"chosen_chars":14,"rejected_chars":12,"length_ratio":1.2,"pair_strategy":"best_vs_worst","n_candidates":4,"split":"train","split_key":"bars-#","grades_commit":"0000000000000000000000000000000000000001","exporter_version":"0.1.0","exported_at_ms":1790000000000,"chosen_screenshot_refs":["a.png"],"rejected_screenshot_refs":["b.png"],"prompt_license":"cc-by-4.0","chosen_license":"mit","rejected_license":"mit","pii_scrubbed":true,"tags":["web"]}""",
    };

    /// <summary>The names of <see cref="Row"/>: the formats, and <c>record</c>.</summary>
    public static IEnumerable<string> Names => Rows.Keys;

    /// <summary>The format that a row of a name is of.</summary>
    public static string FormatOf(string name) => name == "record" ? "trl-conversational" : name;

    /// <summary>A good row.</summary>
    public static string Row(string name, int number) =>
        Rows[name]
            .Replace("#", $"{number}", StringComparison.Ordinal)
            .Replace("fd0000\"", $"fd{number:0000}\"", StringComparison.Ordinal);
}
