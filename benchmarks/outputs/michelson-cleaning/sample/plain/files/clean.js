// clean.js

export function clean(text) {
  const runs = [];
  const problems = [];
  const lines = text.replace('\ufeff', '').split('\n');
  let headerSeen = false;

  for (let i = 0; i < lines.length; i++) {
    const line = lines[i].trim();
    const number = i + 1;
    if (line === '' || line[0] === '#') continue;

    // header
    if (!headerSeen) {
      if (line !== 'experiment;run;speed') {
        throw new Error('Unexpected header: ' + line);
      }
      headerSeen = true;
      continue;
    }

    const fields = line.split(';').map(f => f.trim().replace(/"/g, ''));
    if (fields.length !== 3) {
      problems.push({ line: number, reason: 'Wrong number of fields' });
      continue;
    }

    // experiment
    let e = fields[0].toUpperCase().replace('EXP.', '').trim();
    if (e === 'I') e = 1;
    else if (e === 'II') e = 2;
    else if (e === 'III') e = 3;
    else if (e === 'IV') e = 4;
    else if (e === 'V') e = 5;
    else e = parseInt(e, 10);
    if (!(e >= 1 && e <= 5)) {
      problems.push({ line: number, reason: 'Invalid experiment ' + fields[0] });
      continue;
    }

    // run
    const r = parseInt(fields[1].replace('#', ''), 10);
    if (!(r >= 1 && r <= 20)) {
      problems.push({ line: number, reason: 'Invalid run ' + fields[1] });
      continue;
    }

    // speed
    let s = fields[2].replace(/[, ]/g, '');
    let v;
    if (s.endsWith('km/s')) {
      v = parseInt(s, 10);
    } else if (s.endsWith('m/s')) {
      v = parseInt(s, 10) / 1000;
    } else {
      v = parseInt(s, 10);
      if (v < 10000) v = v + 299000;
    }
    if (isNaN(v)) {
      problems.push({ line: number, reason: 'Invalid speed ' + fields[2] });
      continue;
    }
    if (v < 299000 || v > 301000) {
      problems.push({ line: number, reason: 'Speed out of range ' + v });
      continue;
    }

    // duplicates
    const old = runs.find(x => x.experiment === e && x.run === r);
    if (old) {
      if (old.speed !== v) problems.push({ line: number, reason: 'Conflicting speed ' + v });
      continue;
    }
    runs.push({ experiment: e, run: r, speed: v });
  }

  runs.sort((a, b) => a.experiment - b.experiment || a.run - b.run);
  return { runs, problems };
}

export function summarize(runs) {
  const result = [];
  for (let e = 1; e <= 5; e++) {
    const speeds = runs.filter(r => r.experiment === e).map(r => r.speed);
    if (speeds.length === 0) continue;
    speeds.sort();
    let sum = 0;
    for (const s of speeds) sum += s;
    // median: middle value
    const median = speeds[Math.floor(speeds.length / 2)];
    result.push({ experiment: e, runs: speeds.length, mean: sum / speeds.length, median });
  }
  return result;
}
