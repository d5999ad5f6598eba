// What GitHub's own parser has against each of some workflow files, as a JSON array of arrays of sentences.
import { readFileSync } from 'node:fs';
import { register } from 'node:module';

register('./json.mjs', import.meta.url);
const { parseWorkflow, convertWorkflowTemplate, NoOperationTraceWriter } = await import('@actions/workflow-parser');

const wrong = await Promise.all(
  process.argv.slice(2).map(async (name) => {
    const { context, value } = parseWorkflow({ name, content: readFileSync(name, 'utf8') }, new NoOperationTraceWriter());
    const template = value && (await convertWorkflowTemplate(context, value, undefined, { errorPolicy: 1 }));
    return [
      ...new Set([...context.errors.getErrors().map((e) => e.message), ...(template?.errors ?? []).map((e) => e.Message)]),
    ];
  }),
);
process.stdout.write(JSON.stringify(wrong));
