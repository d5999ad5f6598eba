const fs = require('fs');
const { parse } = require('csv-parse/sync');

/** Cleans the table of runs. */
function clean(text) {
  const rows = parse(text, { delimiter: ';', columns: true, bom: true, comment: '#', trim: true });
  const runs = [];
  const problems = [];

  rows.forEach((row, index) => {
    const speed = toKilometresPerSecond(row.speed);
    if (Number.isNaN(speed)) {
      problems.push({ line: index + 2, reason: `Cannot read the speed ${row.speed}` });
    } else {
      runs.push({ experiment: Number(row.experiment), run: Number(row.run), speed });
    }
  });

  return { runs, problems };
}

function toKilometresPerSecond(text) {
  const value = parseFloat(text.replace(',', ''));
  if (text.includes('m/s')) return value / 1000;
  return value < 10000 ? 299000 + value : value;
}

/** Summarizes the runs of each experiment. */
function summarize(runs) {
  const groups = Object.groupBy(runs, run => run.experiment);
  return Object.entries(groups).map(([experiment, group]) => ({
    experiment: Number(experiment),
    runs: group.length,
    mean: group.reduce((sum, run) => sum + run.speed, 0) / group.length,
  }));
}

module.exports = { clean, summarize };
