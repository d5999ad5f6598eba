// Reads Michelson's runs of 1879. Each field has one parser, which returns a whole number or null.

const HEADER = 'experiment;run;speed';
const EXPERIMENTS = { least: 1, most: 5 };
const RUNS = { least: 1, most: 20 };
const SPEEDS = { least: 299_000, most: 301_000 };
const ABOVE = 299_000; // what a bare number below 10,000 is counted from, in km/s
const ROMAN = new Map([['I', 1], ['II', 2], ['III', 3], ['IV', 4], ['V', 5]]);

export function clean(text) {
  const found = new Map();
  const problems = [];
  let header = null;

  for (const { line, content } of usedLines(text)) {
    if (header === null) {
      header = splitFields(content).join(';');
      if (header !== HEADER) throw new Error(`The header is '${header}', and should be '${HEADER}'.`);
      continue;
    }
    const { row, reason } = readRow(content);
    if (reason) {
      problems.push({ line, reason });
      continue;
    }
    const key = `${row.experiment}/${row.run}`;
    const earlier = found.get(key);
    if (earlier === undefined) found.set(key, row);
    else if (earlier.speed !== row.speed)
      problems.push({ line, reason: `Run ${row.run} of experiment ${row.experiment} already has ${earlier.speed} km/s, not ${row.speed}.` });
  }

  const runs = [...found.values()].sort((a, b) => a.experiment - b.experiment || a.run - b.run);
  return { runs, problems };
}

export function summarize(runs) {
  const speeds = new Map();
  for (const { experiment, speed } of runs) speeds.set(experiment, [...(speeds.get(experiment) ?? []), speed]);
  return [...speeds]
    .sort(([a], [b]) => a - b)
    .map(([experiment, values]) => ({ experiment, runs: values.length, mean: mean(values), median: median(values) }));
}

function readRow(content) {
  const fields = splitFields(content);
  if (fields.length !== 3) return { reason: `The line has ${fields.length} fields instead of 3.` };
  const [experimentText, runText, speedText] = fields;

  const experiment = parseExperiment(experimentText);
  if (!within(experiment, EXPERIMENTS)) return { reason: `There is no experiment '${experimentText}'.` };
  const run = parseRun(runText);
  if (!within(run, RUNS)) return { reason: `There is no run '${runText}'.` };
  if (speedText === '') return { reason: 'The speed is missing.' };
  const speed = parseSpeed(speedText);
  if (speed === null) return { reason: `The speed '${speedText}' cannot be read.` };
  if (!within(speed, SPEEDS)) return { reason: `The speed ${speed} km/s is not plausible.` };
  return { row: { experiment, run, speed } };
}

function usedLines(text) {
  return text
    .replace(/^\ufeff/, '')
    .split(/\r?\n/)
    .map((content, index) => ({ line: index + 1, content: content.trim() }))
    .filter(({ content }) => content !== '' && !content.startsWith('#'));
}

// Semicolons inside double quotes belong to the field.
function splitFields(content) {
  const fields = content.match(/("[^"]*"|[^;"])*(;|$)/g).map(field => field.replace(/;$/, ''));
  if (!content.endsWith(';')) fields.pop(); // the empty match at the end
  return fields.map(field => field.trim().replace(/^"(.*)"$/, '$1').trim());
}

function parseExperiment(text) {
  const name = text.toUpperCase().replace(/^EXP\.\s*/, '');
  return ROMAN.get(name) ?? wholeNumber(name);
}

function parseRun(text) {
  return wholeNumber(text.replace(/^#/, ''));
}

function parseSpeed(text) {
  const [, digits, unit] = /^([\d, ]*\d)\s*(km\/s|m\/s)?$/.exec(text) ?? [];
  if (digits === undefined) return null;
  const number = Number(digits.replace(/[, ]/g, ''));
  if (unit === 'm/s') return Math.round(number / 1000);
  return unit === undefined && number < 10_000 ? ABOVE + number : number;
}

function wholeNumber(text) {
  return /^\d+$/.test(text) ? Number(text) : null;
}

function within(number, { least, most }) {
  return number !== null && number >= least && number <= most;
}

function mean(values) {
  return values.reduce((sum, v) => sum + v, 0) / values.length;
}

function median(values) {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length / 2;
  return sorted.length % 2 ? sorted[Math.floor(middle)] : (sorted[middle - 1] + sorted[middle]) / 2;
}
