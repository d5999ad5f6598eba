// Speaks the grading host's API from memory, so that the page runs without the host. For work on the page; not for grading.
import { createServer } from 'node:http';
import { existsSync, readFileSync, realpathSync } from 'node:fs';
import { dirname, extname, join, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { challenges, criteria, outputs } from './sample.mjs';

const dist = join(dirname(fileURLToPath(import.meta.url)), '../dist');
const types = { '.html': 'text/html', '.js': 'text/javascript', '.css': 'text/css', '.svg': 'image/svg+xml', '.png': 'image/png', '.json': 'application/json' };
const previewPolicy =
  "sandbox allow-scripts; default-src 'none'; script-src 'self' 'unsafe-inline' 'unsafe-eval'; style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; font-src 'self' data:; connect-src 'self'; form-action 'none'; base-uri 'none'";

/** Starts the page and its preview site; the mock's own settings come with `PUT /mock`: {mode, fail, conflict, hook, filled}. */
export async function startHost(port = 0, previewPort = 0) {
  let settings, grades, drafts, versions, preview;
  const reset = (next = {}) => {
    settings = { mode: 'grade', fail: 0, conflict: false, hook: null, filled: 6, reveals: true, ...next };
    [grades, drafts, versions] = [new Map(), new Map(), 0];
    outputs.slice(0, settings.filled).forEach((output, i) => store(output.key, { scores: { functionality: 5 - (i % 4), aesthetics: 4 - (i % 3) }, notes: '', status: i === 4 ? 'flagged' : 'graded' }));
  };
  const store = (key, { scores, notes, status }) => {
    const grade = { version: `v${++versions}`, scores, notes, status, saved_at: new Date().toISOString(), commit: settings.hook ? null : `3fa9c1d${versions}`, pending: settings.hook };
    grades.set(key, grade);
    drafts.delete(key);
    return grade;
  };
  const status = (key) => (grades.get(key)?.status === 'withdrawn' ? 'open' : grades.get(key)?.status) ?? (drafts.has(key) ? 'draft' : 'open');
  const needs = (output) => Math.max(0, 2 - (output.number % 3));
  const pending = () => [...grades.values()].filter((grade) => grade.pending).length;
  const peers = () => [
    { grader: 'ana-lima', scores: { functionality: 4, aesthetics: 3 }, notes: 'Axis labels are fine; the legend hides a bar.', status: 'graded', graded_at: '2026-11-03T13:45:02Z' },
    { grader: 'jo-meyer', scores: { functionality: 1, aesthetics: 3 }, notes: 'The tooltip never shows on my machine.', status: 'flagged', graded_at: '2026-11-04T10:05:40Z' },
    { grader: 'sam-ortiz', scores: { functionality: 4, aesthetics: 4 }, notes: '', status: 'graded', graded_at: '2026-11-05T09:12:11Z' },
  ];
  const agreement = (output) => {
    const decisions = output.number % 2 ? [
      { grader: 'lee-okafor', scores: { functionality: null, aesthetics: null }, notes: 'Decided too early; two more people are asked.', status: 'withdrawn', graded_at: '2026-11-06T08:00:00Z' },
      { grader: 'pat-silva', scores: { functionality: 4, aesthetics: null }, notes: 'The tooltip works where the pointer is a mouse.', status: 'graded', graded_at: '2026-11-07T16:20:00Z' },
    ] : [];
    return {
      criteria: [
        { criterion: 'functionality', graders: 3, median: 4, min: 1, max: 4, same: 1 / 3, within_step: 1 / 3, away: ['jo-meyer'] },
        { criterion: 'aesthetics', graders: 3, median: 3, min: 3, max: 4, same: 1 / 3, within_step: 1, away: ['sam-ortiz'] },
      ],
      decisions,
    };
  };
  const next = (key) => {
    const at = outputs.findIndex((o) => o.key === key) + 1;
    return [...outputs.slice(at), ...outputs.slice(0, at)].find((o) => o.key !== key && (!grades.has(o.key) || status(o.key) === 'open'))?.key ?? null;
  };
  const origin = () => `http://localhost:${preview.address().port}`;

  function session() {
    return {
      benchmark: { name: 'sample-visualizations', title: 'Sample visualizations', criteria }, grader: { id: 'grader-a', name: 'grader-a' }, mode: settings.mode,
      session: 'grader-a-2026-11-21', preview_origin: origin(), overlap: 3, reveals: settings.reveals, auto_advance: false, commits: true, can_submit: true,
      challenges: challenges.map(({ key, title, kind }) => ({ key, title, kind })),
      items: outputs.map((output) => ({ key: output.key, challenge: output.challenge.key, number: output.number, status: status(output.key), needs: needs(output) })),
      pending: pending(), next: next(null),
    };
  }

  function item(output) {
    const { key, title, kind, prompt, guidelines, viewport, starter } = output.challenge;
    const grade = grades.get(output.key) ?? null;
    const seen = grade !== null && grade.status !== 'withdrawn';
    return {
      key: output.key, number: output.number, challenge: { key, title, kind, prompt, guidelines, viewport }, entry: 'index.html',
      preview: `${origin()}/${output.key}/index.html`, screenshot: existsSync(join(output.folder, 'screenshot.png')) ? `/api/items/${output.key}/screenshot` : null,
      files: output.files, starter,
      others: outputs.filter((o) => o.challenge === output.challenge && o !== output).map((o) => ({ key: o.key, label: `Output ${o.number}` })),
      grade, draft: drafts.get(output.key) ?? null,
      reason: settings.mode === 'review' ? 'Two graders are 3 points apart on Functionality.' : null,
      revealed: seen && settings.reveals ? { challenge: output.challenge.id, model: `sample/${output.name}` } : null,
      peers: settings.mode === 'adjudicate' || seen ? peers() : null, agreement: settings.mode === 'adjudicate' ? agreement(output) : null,
    };
  }

  async function api(method, path, body) {
    if (path === '/api/session') return [200, session()];
    if (path === '/api/summary')
      return [200, { graded: 22, skipped: 1, flagged: 2, seconds: 3912, left: outputs.filter((o) => !grades.has(o.key)).length, can_submit: true,
        agreement: [{ criterion: 'functionality', items: 12, coefficient: 'Krippendorff’s alpha', value: 0.812, undefined_because: null }, { criterion: 'aesthetics', items: 12, coefficient: 'Krippendorff’s alpha', value: null, undefined_because: 'everybody gave the same score' }] }];
    if (path === '/api/submit')
      return method === 'GET' ? [200, { step: null }] : [200, { url: 'https://github.com/lab/bench/pull/12', pushed: true, message: 'The pull request is open.' }];
    if (path === '/api/commit') {
      settings.hook = null;
      for (const [key, grade] of grades) grades.set(key, { ...grade, pending: null, commit: grade.commit ?? '77ab01c' });
      return [200, { pending: 0 }];
    }
    const [, key, call] = /^\/api\/items\/([\w-]+)(?:\/(\w+))?$/.exec(path) ?? [];
    const output = outputs.find((o) => o.key === key);
    if (!output) return [404, { what: 'There is no such output in this session.', where: null, remedy: 'Reload the page.' }];
    if (method === 'GET' && !call) return [200, item(output)];
    if (method === 'GET' && call === 'files') return [200, { files: output.files }];
    if (settings.fail > 0 && settings.fail--) return null;
    const version = grades.get(key)?.version ?? '';
    if (call === 'draft') {
      if (body.base === version) drafts.set(key, { ...body, saved_at: new Date().toISOString() });
      return [204];
    }
    if (settings.conflict) {
      settings.conflict = false;
      store(key, { scores: { functionality: 2, aesthetics: 4 }, notes: 'From the other window', status: 'graded' });
    }
    if (body.base !== (grades.get(key)?.version ?? '')) return [409, { current: grades.get(key) }];
    return [200, { grade: store(key, body), item: { status: status(key), needs: needs(output) }, pending: pending(), next: next(key) }];
  }

  const site = createServer(async (request, response) => {
    const path = new URL(request.url, 'http://host').pathname;
    const send = (code, type, bytes) => response.writeHead(code, { 'Content-Type': type, 'Cache-Control': 'no-store', 'X-Content-Type-Options': 'nosniff' }).end(bytes);
    let text = '';
    for await (const chunk of request) text += chunk;
    if (path === '/mock') return reset(JSON.parse(text || '{}')), send(204, 'text/plain');
    const shot = /^\/api\/items\/([\w-]+)\/screenshot$/.exec(path);
    if (shot) return send(200, 'image/png', readFileSync(join(outputs.find((o) => o.key === shot[1]).folder, 'screenshot.png')));
    if (path.startsWith('/api/')) {
      const answer = await api(request.method, path, text ? JSON.parse(text) : null);
      if (!answer) return request.socket.destroy();
      return answer[1] ? send(answer[0], 'application/json', JSON.stringify(answer[1])) : response.writeHead(answer[0]).end();
    }
    const file = join(dist, path === '/' ? 'index.html' : path);
    if (!file.startsWith(dist + sep) || !existsSync(file)) return send(404, 'text/plain', 'Not found');
    if (path === '/') response.setHeader('Content-Security-Policy', `default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; frame-src ${origin()}; frame-ancestors 'none'; base-uri 'none'; form-action 'none'; require-trusted-types-for 'script'`);
    send(200, types[extname(file)] ?? 'application/octet-stream', readFileSync(file));
  });

  preview = createServer((request, response) => {
    const [, key, path] = /^\/([\w-]+)\/([^?]*)/.exec(decodeURIComponent(request.url)) ?? [];
    const output = outputs.find((o) => o.key === key);
    const folder = output && join(output.folder, 'files');
    const file = folder && join(folder, path);
    if (!file || !existsSync(file) || !realpathSync(file).startsWith(folder + sep)) return response.writeHead(404).end();
    response.writeHead(200, { 'Content-Type': types[extname(file)] ?? 'text/plain', 'Access-Control-Allow-Origin': '*', 'Content-Security-Policy': previewPolicy }).end(readFileSync(file));
  });

  reset();
  await new Promise((done) => preview.listen(previewPort, 'localhost', done));
  await new Promise((done) => site.listen(port, '127.0.0.1', done));
  return { url: `http://127.0.0.1:${site.address().port}/`, reset, close: () => { site.close(); preview.close(); } };
}
