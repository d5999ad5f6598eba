// copy.mjs JSONL COLUMNS FOLDER THREADS: the rows in memory, then how long DuckDB takes to copy them into files.
// Prints {jsonl, parquet, jsonlBytes, parquetBytes} in seconds and bytes.
import { statSync } from 'node:fs';
import { DuckDBInstance } from '@duckdb/node-api';

const [, , lines, columns, folder, threads] = process.argv;
const connection = await (await DuckDBInstance.create(':memory:')).connect();
await connection.run(`set threads = ${Number(threads)}`);
await connection.run(`create table t as select * from read_json('${lines}', format = 'newline_delimited', columns = ${columns})`);

const timed = async (name, options) => {
  const begun = performance.now();
  await connection.run(`copy t to '${folder}/${name}' (${options})`);
  return (performance.now() - begun) / 1000;
};
const jsonl = await timed('duckdb.jsonl', 'format json');
const parquet = await timed('duckdb.parquet', 'format parquet, compression gzip');
console.log(
  JSON.stringify({
    jsonl,
    parquet,
    jsonlBytes: statSync(`${folder}/duckdb.jsonl`).size,
    parquetBytes: statSync(`${folder}/duckdb.parquet`).size,
  }),
);
