// schema.mjs SCHEMA REF JSONL: what lines break of a JSON Schema (draft 2020-12), the first ten.
import { readFileSync } from 'node:fs';
import Ajv from 'ajv/dist/2020.js';

const [, , schema, ref, lines] = process.argv;
const ajv = new Ajv({ strict: false, allErrors: true });
const document = JSON.parse(readFileSync(schema, 'utf8'));
ajv.addSchema(document, 'document');
const check = ajv.compile({ $ref: `document${ref}` });
const wrong = [];
readFileSync(lines, 'utf8').trimEnd().split('\n').forEach((line, i) => {
  if (!check(JSON.parse(line)))
    wrong.push(...check.errors.map((e) => `${i + 1}: ${e.instancePath} ${e.message} ${JSON.stringify(e.params)}`));
});
console.log(JSON.stringify(wrong.slice(0, 10)));
