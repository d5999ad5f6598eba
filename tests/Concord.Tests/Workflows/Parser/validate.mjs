// What a JSON schema has against each of some JSON documents: the first argument is the schema.
import { readFileSync } from 'node:fs';
import Ajv from 'ajv';

const [schema, ...documents] = process.argv.slice(2).map((f) => JSON.parse(readFileSync(f, 'utf8')));
const validate = new Ajv({ strict: false, logger: false, allErrors: true }).compile(schema);
process.stdout.write(JSON.stringify(documents.map((d) => (validate(d) ? '' : JSON.stringify(validate.errors)))));
