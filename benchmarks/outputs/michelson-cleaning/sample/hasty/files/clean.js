const ROM = { I: 1, II: 2, III: 3, IV: 4, V: 5 };

export function clean(text) {
  const out = {}, problems = [];
  const ls = text.split('\n').filter(l => l.trim() && !l.startsWith('#'));
  ls.slice(1).forEach((l, n) => {
    let [a, b, c] = l.replace(/"/g, '').split(';').map(x => x.trim());
    a = ROM[a] || parseInt(a.replace('exp. ', ''));
    b = parseInt(b.replace('#', ''));
    let x2 = parseInt((c || '').replace(/[ ,]/g, ''));
    if (/[^k]m\/s/.test(c)) x2 = x2 / 1000;
    if (x2 < 10000) x2 += 299000;
    if (!a || !b || !x2) return problems.push({ line: n + 2, reason: 'bad line' });
    out[a + '-' + b] = { experiment: a, run: b, speed: x2 };
  });
  return { runs: Object.keys(out).sort().map(k => out[k]), problems };
}

export function summarize(runs) {
  const g = {};
  runs.forEach(r => (g[r.experiment] = g[r.experiment] || []).push(r.speed));
  return Object.keys(g).map(e => {
    const s = g[e].sort();
    return { experiment: +e, runs: s.length, mean: s.reduce((p, c) => p + c) / s.length, median: (s[s.length / 2] + s[s.length / 2 - 1]) / 2 };
  });
}
