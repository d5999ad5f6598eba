// columns.mjs JSONL COLUMNS: the lines as DuckDB reads them with explicit columns, beside themselves.
// Prints {rows, differs} with the first row that differs, or null.
import { readFileSync } from 'node:fs';
import { isDeepStrictEqual } from 'node:util';
import { DuckDBInstance } from '@duckdb/node-api';

const [, , lines, columns] = process.argv;
const connection = await (await DuckDBInstance.create(':memory:')).connect();
const path = lines.replaceAll("'", "''");
const rows = (
  await connection.runAndReadAll(
    `select * from read_json('${path}', format = 'newline_delimited', columns = ${columns}, maximum_object_size = 100000000)`,
  )
).getRowObjectsJS();
const plain = (value) => {
  if (typeof value === 'bigint') return Number(value);
  if (value === null || typeof value !== 'object') return value;
  if (Array.isArray(value)) return value.map(plain);
  return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, plain(inner)]));
};
const wanted = readFileSync(lines, 'utf8').trimEnd().split('\n').map((line) => JSON.parse(line));
const at = wanted.findIndex((row, i) => !isDeepStrictEqual(plain(rows[i]), row));
console.log(
  JSON.stringify({ rows: rows.length, differs: at < 0 ? null : `${at}: ${JSON.stringify(plain(rows[at])).slice(0, 500)}` }),
);
