// write.mjs FOLDER: files as DuckDB writes them, each NAME.parquet with the same rows in NAME.jsonl.
import { DuckDBInstance } from '@duckdb/node-api';

const [, , folder] = process.argv;
const connection = await (await DuckDBInstance.create(':memory:')).connect();

await connection.run(`create table t as select
  i::bigint as id, i::integer as small, (i * 1000003)::ubigint as unsigned, i / 7.0::double as score, (i / 4)::float as single,
  (i * 1.25)::decimal(9, 2) as price, i % 3 = 0 as agrees, 'lab/model-' || (i % 5) as model,
  case when i % 4 = 0 then null else 'text ' || i || ' Ω👾' end as note,
  case when i % 5 = 0 then null when i % 5 = 1 then [] when i % 5 = 2 then ['a', null, 'b'] else ['x' || i] end as tags,
  case when i % 7 = 0 then null when i % 7 = 1 then []
    else [{'role': 'user', 'content': 'Draw ' || i}, {'role': 'assistant', 'content': case when i % 2 = 0 then null else 'Done' end}] end as messages,
  case when i % 6 = 0 then null else {'votes': i, 'graders': [[i], [], [i, i + 1]], 'inner': case when i % 6 = 1 then null else {'deep': i % 2 = 0} end} end as evidence
  from range(5000) r(i)`);
await connection.run(`create table u as select i as id, repeat('é' || i, 20000) as text from range(40) r(i)`);

const forms = {
  snappy: ['t', 'compression snappy'],
  gzip: ['t', 'compression gzip, row_group_size 2048'],
  plain: ['t', 'compression uncompressed'],
  second: ['t', 'compression snappy, parquet_version v2, dictionary_size_limit 1000000'],
  delta: ['t', 'compression snappy, parquet_version v2, dictionary_size_limit 1'],
  long: ['u', 'compression snappy'],
  zstd: ['t', 'compression zstd'],
};
for (const [name, [table, options]] of Object.entries(forms)) {
  await connection.run(`copy ${table} to '${folder}/${name}.parquet' (format parquet, ${options})`);
  await connection.run(`copy ${table} to '${folder}/${name}.jsonl' (format json)`);
}
console.log(JSON.stringify(Object.keys(forms)));
