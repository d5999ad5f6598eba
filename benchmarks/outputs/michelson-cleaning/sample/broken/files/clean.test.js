import test from 'node:test';
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { clean, summarize } from './clean.js';

const file = readFileSync(new URL('./runs.csv', import.meta.url), 'utf8');
const table = (...lines) => ['experiment;run;speed', ...lines].join('\n');

test('all 100 runs are found', () => {
  const { runs } = clean(file);
  assert.equal(runs.length, 100);
  assert.deepEqual(runs[0], { experiment: 1, run: 1, speed: 299850 });
  assert.equal(runs.reduce((sum, r) => sum + r.speed, 0) / 100, 299852.4);
});

test('runs are sorted by experiment and run, as numbers', () => {
  const { runs } = clean(file);
  assert.deepEqual(runs.map(r => r.experiment * 100 + r.run), Array.from({ length: 100 }, (_, i) => (1 + Math.floor(i / 20)) * 100 + 1 + i % 20));
});

test('the problems of the file are on these lines', () => {
  assert.deepEqual(clean(file).problems.map(p => p.line), [25, 62, 71, 86, 103, 109, 112]);
});

test('every problem has a reason', () => {
  for (const { reason } of clean(file).problems) assert.match(reason, /\w+ \w+/);
});

test('line ends, byte order mark, blank lines and comments do not matter', () => {
  const { runs, problems } = clean('\ufeff# notes\r\n\r\nexperiment;run;speed\r\n1;1;299850\r\n# lamp\r\n1;2;299740\r\n');
  assert.deepEqual([runs.length, problems.length], [2, 0]);
});

test('an experiment may be a number, a Roman numeral or abbreviated', () => {
  const { runs } = clean(table('3;1;850', 'IV;1;850', 'exp. 5;1;850', 'ii;1;850', 'EXP. 1;1;850'));
  assert.deepEqual(runs.map(r => r.experiment), [1, 2, 3, 4, 5]);
});

test('a run may have a leading zero or a number sign', () => {
  assert.deepEqual(clean(table('1;07;850', '1;#8;850')).runs.map(r => r.run), [7, 8]);
});

test('speeds in all spellings become km/s', () => {
  const { runs } = clean(table('1;1;850', '1;2;299850', '1;3;299850 km/s', '1;4;"299,850"', '1;5;299 850 km/s', '1;6;299850000 m/s', '1;7; 1070 '));
  assert.deepEqual(runs.map(r => r.speed), [299850, 299850, 299850, 299850, 299850, 299850, 300070]);
});

test('the same said twice is left out silently', () => {
  const { runs, problems } = clean(table('1;4;300,070', 'I;#4;1070'));
  assert.deepEqual([runs.length, problems.length], [1, 0]);
});

test('another speed for the same run is a problem, and the earlier one stays', () => {
  const { runs, problems } = clean(table('5;8;810', '5;8;299,180'));
  assert.deepEqual([runs, problems.map(p => p.line)], [[{ experiment: 5, run: 8, speed: 299810 }], [3]]);
});

test('what cannot be used is a problem and never a run', () => {
  const { runs, problems } = clean(table('1;1', '1;1;850;x', '6;1;850', '1;21;850', '1;0;850', '1;1;', '1;1;n/a', '1;1;29981 km/s', 'x;1;850'));
  assert.deepEqual([runs, problems.map(p => p.line)], [[], [2, 3, 4, 5, 6, 7, 8, 9, 10]]);
});

test('an empty text gives empty lists', () => {
  assert.deepEqual(clean(''), { runs: [], problems: [] });
});

test('another header is an error that names it', () => {
  assert.throws(() => clean('a;b;c\n1;1;850'), /a;b;c/);
});

test('the summary has one row for each experiment', () => {
  assert.deepEqual(summarize(clean(file).runs), [
    { experiment: 1, runs: 20, mean: 299909, median: 299940 },
    { experiment: 2, runs: 20, mean: 299856, median: 299845 },
    { experiment: 3, runs: 20, mean: 299845, median: 299855 },
    { experiment: 4, runs: 20, mean: 299820.5, median: 299815 },
    { experiment: 5, runs: 20, mean: 299831.5, median: 299810 },
  ]);
});

test('the summary does not change its argument', () => {
  const runs = [{ experiment: 2, run: 1, speed: 299900 }, { experiment: 1, run: 1, speed: 299850 }];
  const before = JSON.stringify(runs);
  assert.deepEqual(summarize(runs).map(s => s.experiment), [1, 2]);
  assert.equal(JSON.stringify(runs), before);
});
