// The table of items and ordinal alpha with DuckDB, in the plan that was found to be the fastest: one pass over the CSV counts each
// item's grades, and everything else is computed from the counts. Arguments: threads ratings.csv items.csv
import { createRequire } from 'node:module';

const { DuckDBInstance } = createRequire(process.cwd() + '/package.json')('@duckdb/node-api');
const [threads, source, target] = process.argv.slice(2);
const grades = [0, 1, 2, 3, 4, 5];
const each = text => grades.map(text);
const text = path => `'${path.replaceAll("'", "''")}'`;

const database = await DuckDBInstance.create(':memory:', { threads, preserve_insertion_order: 'false' });
const connection = await database.connect();

await connection.run(`
  CREATE TABLE counts AS
  SELECT item, dimension, ${each(g => `sum(CASE WHEN grade = ${g} THEN 1 ELSE 0 END) AS c${g}`)}
  FROM read_csv(${text(source)}, header = true, auto_detect = false, delim = ',', quote = '', escape = '',
    columns = { item: 'VARCHAR', rater: 'VARCHAR', dimension: 'VARCHAR', grade: 'TINYINT' })
  GROUP BY item, dimension`);

// The k-th grade from below is the first at which the counts reach k.
const first = reached => `CASE ${each(g => `WHEN ${reached(each(h => `c${h}`).slice(0, g + 1).join(' + '))} THEN ${g}`).join(' ')} END`;
await connection.run(`
  COPY (
    SELECT item, dimension, n,
      (${first(sum => `2 * (${sum}) >= n`)} + ${first(sum => `2 * (${sum}) > n`)}) / 2 AS median,
      s / n AS mean,
      CASE WHEN n > 1 THEN sqrt((n * ss - s * s) / (n * (n - 1.0))) END AS sd,
      ${first(sum => `(${sum}) > 0`)} AS min,
      CASE ${each(g => `WHEN c${5 - g} > 0 THEN ${5 - g}`).join(' ')} END AS max
    FROM (
      SELECT *, ${each(g => `c${g}`).join(' + ')} AS n, ${each(g => `${g} * c${g}`).join(' + ')} AS s,
        ${each(g => `${g * g} * c${g}`).join(' + ')} AS ss
      FROM counts))
  TO ${text(target)} (HEADER)`);

// Items with equal counts are one pattern; the coincidences of a few hundred patterns are no work.
const patterns = (
  await connection.runAndReadAll(
    `SELECT ${each(g => `CAST(c${g} AS INTEGER)`)}, CAST(count(*) AS INTEGER) FROM counts GROUP BY ${each(g => `c${g}`)}`,
  )
).getRows();
const coincidences = grades.map(() => grades.map(() => 0));
for (const row of patterns) {
  const [counts, times] = [row.slice(0, 6).map(Number), Number(row[6])];
  const n = counts.reduce((a, b) => a + b);
  if (n > 1)
    for (const a of grades)
      for (const b of grades) coincidences[a][b] += (times * counts[a] * (counts[b] - (a === b))) / (n - 1);
}
const totals = coincidences.map(row => row.reduce((a, b) => a + b));
const all = totals.reduce((a, b) => a + b);
let [observed, expected, below] = [0, 0, 0];
const rank = totals.map(t => (below += t) - t / 2);
for (const a of grades)
  for (const b of grades) {
    observed += coincidences[a][b] * (rank[a] - rank[b]) ** 2;
    expected += totals[a] * totals[b] * (rank[a] - rank[b]) ** 2;
  }
const version = (await connection.runAndReadAll('SELECT version()')).getRows()[0][0];
console.log(`${version} alpha ${(1 - ((all - 1) * observed) / expected).toFixed(6)}`);
