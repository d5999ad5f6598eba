using System.Reflection;
using System.Text;
using Concord.Core.Statistics;
using FsCheck;
using FsCheck.Fluent;

namespace Concord.Tests.Statistics;

public class Utf8RatingsBuilderTests
{
    // Of one to twelve bytes, with prefixes of each other, and with characters whose order in UTF-8 is not that of UTF-16.
    private static readonly string[] Names =
    [
        "a",
        "ab",
        "abc",
        "abcd",
        "abcdefgh",
        "abcdefghi",
        "abcdefghijkl",
        "abcdefgz",
        "b",
        "é",
        "\uD7FF",
        "\uE000",
        "\uFFFF",
        "😀",
        "a😀",
        "a\uFFFD",
        new('l', 70),
        new('l', 20_000),
    ];

    [Fact]
    public void Names_written_to_meet_in_one_slot_meet_only_under_the_seed_they_were_written_for()
    {
        // The second eight bytes are what the hash has become by then, and so wipe it out.
        byte[][] names =
        [
            .. Enumerable
                .Range(1, 1000)
                .Select(i =>
                {
                    var high = Math.BigMul(unchecked(24 * 0xBF58476D1CE4E5B9) ^ (ulong)i, 0x94D049BB133111EB, out var low);
                    return (byte[])[.. BitConverter.GetBytes((ulong)i), .. BitConverter.GetBytes(high ^ low), .. new byte[8]];
                }),
        ];

        Assert.Equal((1, names.Length), (Hashes(seed: 0), Hashes(seed: 20261121)));

        int Hashes(ulong seed)
        {
            // Nothing but time tells the hash from outside.
            var table = typeof(Utf8RatingsBuilder).Assembly.GetType("Concord.Core.Statistics.NameTable", throwOnError: true)!;
            var hash = table
                .GetMethod("Hash", BindingFlags.Instance | BindingFlags.NonPublic)!
                .CreateDelegate<HashOf>(Activator.CreateInstance(table, seed));
            return names.Select(n => hash(n)).Distinct().Count();
        }
    }

    private delegate ulong HashOf(ReadOnlySpan<byte> name);

    private static readonly Gen<(string Item, string Rater, string Grade, int Part)[]> Tables =
        from rows in (
            from item in Gen.Elements(Names)
            from rater in Gen.Elements(Names)
            from grade in Gen.Elements("1", "2", "1.0", "10", "x")
            from part in Gen.Choose(0, 2)
            select (item, rater, grade, part)
        ).ListOf()
        from sorted in Gen.Elements(true, false)
        let distinct = rows.DistinctBy(r => (r.item, r.rater))
        select (sorted ? distinct.OrderBy(r => r.item, StringComparer.Ordinal) : distinct).ToArray();

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(1000)]
    public void The_table_does_not_depend_on_who_collected_what(int rowsInBlock) =>
        Prop.ForAll(
                Arb.From(Tables),
                rows =>
                {
                    var builder = new RatingsBuilder();
                    foreach (var (item, rater, grade, _) in rows)
                        builder.TryAdd(item, rater, grade);
                    return Describe(builder.Build()) == Describe(Join(rows, rowsInBlock)!);
                }
            )
            .QuickCheckThrowOnFailure();

    [Fact]
    public void A_second_rating_is_found_wherever_it_stands()
    {
        (string, string, string, int)[] rows = [("a", "x", "1", 0), ("a", "y", "1", 0), ("b", "x", "1", 1)];
        Assert.NotNull(Join(rows, 1));
        foreach (var part in new[] { 0, 1, 2 })
        foreach (var rowsInBlock in new[] { 1, 2, 10 })
            Assert.Null(Join([.. rows, ("a", "x", "2", part)], rowsInBlock));
    }

    [Fact]
    public void A_second_rating_is_found_on_an_item_with_very_many_raters()
    {
        var rows = Enumerable.Range(0, 1000).Select(r => ("i", $"r{r * 7919 % 1000}", "1", r % 3)).ToArray();
        Assert.Equal(1000, Join(rows, 50)!.Count);
        Assert.Null(Join([.. rows, ("i", "r500", "1", 0)], 50));
    }

    [Fact]
    public void Nothing_is_a_table()
    {
        var ratings = Utf8RatingsBuilder.Join([new(), new()])!;
        Assert.Equal(0, ratings.Count);
        Assert.Equal([0], ratings.StartOfItem.ToArray());
        Assert.Empty(ratings.Items);
    }

    [Fact]
    public void Names_come_as_bytes_from_either_builder()
    {
        var builder = new RatingsBuilder();
        builder.TryAdd("é", "x", 1);
        Assert.Equal("é"u8, builder.Build().Utf8ItemName(0));
        Assert.Equal("é"u8, Join([("é", "x", "1", 0)], 1)!.Utf8ItemName(0));
    }

    [Fact]
    public void A_hundred_thousand_names_are_kept_apart()
    {
        var rows = Enumerable.Range(0, 100_000).Select(i => ($"{i * 7919L % 100_000:x}", "r", "1", i % 2)).ToArray();
        var ratings = Join(rows, 1000)!;
        Assert.Equal(Enumerable.Range(0, 100_000).Select(i => $"{i:x}").Order(StringComparer.Ordinal), ratings.Items);
    }

    // Blocks go to the builders in turns as readers would take them: to each in the order of the table.
    private static Ratings? Join((string Item, string Rater, string Grade, int Part)[] rows, int rowsInBlock)
    {
        Utf8RatingsBuilder[] parts = [new(), new(), new()];
        var position = 0;
        foreach (var block in rows.Chunk(rowsInBlock))
        {
            var part = parts[block[0].Part];
            foreach (var (item, rater, grade, _) in block)
                part.Add(Encoding.UTF8.GetBytes(item), Encoding.UTF8.GetBytes(rater), Encoding.UTF8.GetBytes(grade));
            part.EndBlock(position++);
        }
        return Utf8RatingsBuilder.Join(parts);
    }

    private static string Describe(Ratings ratings) =>
        $"{string.Join('|', ratings.Items)} / {string.Join('|', ratings.Raters)} / {string.Join('|', ratings.Categories)} / "
        + $"{string.Join(' ', ratings.StartOfItem.ToArray())} / {string.Join(' ', ratings.ItemOf.ToArray())} / "
        + $"{string.Join(' ', ratings.RaterOf.ToArray())} / {string.Join(' ', ratings.CategoryOf.ToArray())}";
}
