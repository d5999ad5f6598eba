using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Concord.Tests.Workflows;

/// <summary>
/// As much of GitHub's expressions as the workflows use: names, texts, ! == != &amp;&amp; ||, fromJSON and cancelled. A context that is not
/// given throws, so that a misspelt one is found.
/// </summary>
internal sealed partial class WorkflowExpression
{
    private readonly string[] _tokens;
    private readonly JsonObject _contexts;
    private int _next;

    private WorkflowExpression(string text, JsonObject contexts)
    {
        _tokens = [.. Tokens().Matches(text).Select(m => m.Value)];
        if (string.Concat(_tokens) != Blanks().Replace(text, ""))
            throw new FormatException($"What is this expression: {text}");
        _contexts = contexts;
    }

    public static JsonNode? Value(string text, JsonObject contexts)
    {
        var expression = new WorkflowExpression(text, contexts);
        var value = expression.Or();
        return expression._next == expression._tokens.Length ? value : throw new FormatException(text);
    }

    /// <summary>A value of the file with every <c>${{ … }}</c> in it replaced.</summary>
    public static string Fill(JsonNode? value, JsonObject contexts) =>
        Place().Replace(Text(value), m => Text(Value(m.Groups[1].Value, contexts)));

    // As on GitHub the texts 'false' and '0' are true.
    public static bool IsTrue(JsonNode? value) =>
        value?.GetValueKind() switch
        {
            null or JsonValueKind.False => false,
            JsonValueKind.String => ((string)value!).Length > 0,
            JsonValueKind.Number => Text(value) != "0",
            _ => true,
        };

    public static string Text(JsonNode? value) =>
        value?.GetValueKind() == JsonValueKind.String ? (string)value! : value?.ToJsonString() ?? "";

    private JsonNode? Or()
    {
        var left = And();
        while (Take("||"))
        {
            var right = And();
            left = IsTrue(left) ? left : right;
        }
        return left;
    }

    private JsonNode? And()
    {
        var left = Equal();
        while (Take("&&"))
        {
            var right = Equal();
            left = IsTrue(left) ? right : left;
        }
        return left;
    }

    private JsonNode? Equal()
    {
        var left = One();
        if (Take("=="))
            return Text(left) == Text(One());
        return Take("!=") ? Text(left) != Text(One()) : left;
    }

    private JsonNode? One()
    {
        if (Take("!"))
            return !IsTrue(One());
        var token = _tokens[_next++];
        if (token[0] == '\'')
            return token[1..^1];
        if (!Take("("))
            return Named(token);
        var argument = Take(")") ? null : Or();
        if (argument is not null && !Take(")"))
            throw new FormatException(token);
        return token switch
        {
            "fromJSON" => JsonNode.Parse(Text(argument)),
            "cancelled" => false,
            _ => throw new FormatException($"What is the function {token}?"),
        };
    }

    // Secrets, variables and inputs may be missing; anything else is there.
    private JsonNode? Named(string name)
    {
        JsonNode? value = _contexts;
        foreach (var part in name.Split('.'))
            value =
                value is JsonObject map && map.TryGetPropertyValue(part, out var inner) ? inner
                : name.Split('.') is ["secrets" or "vars" or "inputs", _] ? null
                : throw new FormatException($"There is no {name}.");
        return value;
    }

    private bool Take(string token)
    {
        if (_next >= _tokens.Length || _tokens[_next] != token)
            return false;
        _next++;
        return true;
    }

    [GeneratedRegex(@"'[^']*'|[A-Za-z_][A-Za-z0-9_.-]*|\|\||&&|==|!=|[!()]")]
    private static partial Regex Tokens();

    [GeneratedRegex(@"\s+(?=([^']*'[^']*')*[^']*$)")]
    private static partial Regex Blanks();

    [GeneratedRegex(@"\$\{\{(.*?)\}\}")]
    private static partial Regex Place();
}
