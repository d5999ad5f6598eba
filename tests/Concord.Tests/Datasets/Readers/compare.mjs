// compare.mjs PARQUET JSONL: the rows of a Parquet file, by each reader, beside the lines of the JSON file.
// Prints {reader: {rows, differs}} with the first row that differs, or null.
import { readFileSync } from 'node:fs';
import { isDeepStrictEqual } from 'node:util';
import { DuckDBInstance } from '@duckdb/node-api';
import { tableFromIPC } from 'apache-arrow';
import { asyncBufferFromFile, parquetReadObjects } from 'hyparquet';
import { compressors } from 'hyparquet-compressors';
import { readParquet } from 'parquet-wasm/node';

const [, , parquet, lines] = process.argv;

const duckdb = async () => {
  const connection = await (await DuckDBInstance.create(':memory:')).connect();
  return (await connection.runAndReadAll(`select * from read_parquet('${parquet}')`)).getRowObjectsJS();
};

const hyparquet = async () => parquetReadObjects({ file: await asyncBufferFromFile(parquet), compressors });

const wasm = async () => tableFromIPC(readParquet(readFileSync(parquet)).intoIPCStream()).toArray().map((row) => row.toJSON());

// 64-bit whole numbers come as they are in JSON; lists and records of any library as plain ones.
const plain = (value) => {
  if (typeof value === 'bigint') return Number(value);
  if (value === null || typeof value !== 'object') return value;
  if (Array.isArray(value)) return value.map(plain);
  if (typeof value.toJSON === 'function') return plain(value.toJSON());
  if (typeof value[Symbol.iterator] === 'function') return [...value].map(plain);
  return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, plain(inner)]));
};

const wanted = readFileSync(lines, 'utf8').trimEnd().split('\n').map((line) => JSON.parse(line));
const found = {};
for (const [name, read] of Object.entries({ duckdb, hyparquet, wasm })) {
  const rows = await read();
  const at = rows.findIndex((row, i) => !isDeepStrictEqual(plain(row), wanted[i]));
  found[name] = { rows: rows.length, differs: at < 0 ? null : `${at}: ${JSON.stringify(plain(rows[at])).slice(0, 500)}` };
}
console.log(JSON.stringify(found));
