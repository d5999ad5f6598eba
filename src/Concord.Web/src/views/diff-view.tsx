import { structuredPatch } from 'diff';
import { useEffect, useMemo, useState } from 'preact/hooks';
import type { Item, OutputFile } from '../api/types';
import { useApp } from '../app';
import { diffLines, pairs, type FilePair } from '../state/diff';
import { FileTabs } from './file-tabs';
import '../style/code.css';

const starter = 'starter';
/** More rows than this hold the page up for long; a file may have a million. */
const mostLines = 10_000;
const signs = { same: ' ', added: '+', removed: '−', hunk: ' ' } as const;

/** What this output changed: against the starter files or another output of the challenge. */
export function DiffView({ item }: { readonly item: Item }) {
  const { api } = useApp();
  const [against, setAgainst] = useState(item.starter.length > 0 ? starter : (item.others[0]?.key ?? starter));
  const [before, setBefore] = useState<readonly OutputFile[] | null>(null);
  const [failed, setFailed] = useState(false);
  const [chosen, setChosen] = useState('');
  useEffect(() => {
    setFailed(false);
    if (against === starter) return setBefore(item.starter);
    setBefore(null);
    let current = true;
    api.files(against).then((files) => current && setBefore(files), () => current && setFailed(true));
    return () => { current = false; };
  }, [against, item.key]);
  const files = useMemo(() => pairs(before ?? [], item.files), [before, item.files]);
  const pair = files.find((f) => f.path === chosen) ?? files[0];
  return (
    <>
      <div class="diff-head">
        <label>
          Compare with{' '}
          <select value={against} onChange={(event) => setAgainst(event.currentTarget.value)}>
            <option value={starter}>the starter files{item.starter.length === 0 ? ' (none)' : ''}</option>
            {item.others.map((other) => <option key={other.key} value={other.key}>{other.label}</option>)}
          </select>
        </label>
        {before && <FileTabs files={files.map((f) => ({ path: f.path, mark: f.kind }))} chosen={pair?.path ?? ''} choose={setChosen} />}
      </div>
      {failed ? <p class="middle" role="alert">Those files could not be fetched. Choose again to retry.</p> : !before ? <p class="muted middle">Loading …</p> : pair ? <Changes pair={pair} /> : <p class="muted middle">Neither has files.</p>}
    </>
  );
}

function Changes({ pair }: { readonly pair: FilePair }) {
  const lines = useMemo(() => {
    if (pair.kind === 'same' || pair.before?.text === null || pair.after?.text === null) return null;
    const patch = structuredPatch(pair.path, pair.path, pair.before?.text ?? '', pair.after?.text ?? '', '', '', { context: 3, timeout: 2_000 });
    return patch ? diffLines(patch.hunks) : null;
  }, [pair]);
  if (pair.kind === 'same') return <p class="muted middle">{pair.path} is the same in both.</p>;
  if (!lines) return <p class="muted middle">{pair.path} differs; it is binary or too long to compare here.</p>;
  const added = lines.filter((l) => l.kind === 'added').length;
  const removed = lines.filter((l) => l.kind === 'removed').length;
  return (
    <>
      <div class="code diff" tabIndex={0} data-scroll role="region" aria-label={`Changes of ${pair.path}`}>
        <div class="diff-lines">
          {lines.slice(0, mostLines).map((line, i) => (
            <div key={i} class={`line ${line.kind}`}>
              <span class="n" aria-hidden="true">{line.before}</span>
              <span class="n" aria-hidden="true">{line.after}</span>
              <span class="sign">{signs[line.kind]}</span>
              <code>{line.text}</code>
            </div>
          ))}
        </div>
      </div>
      <div class="view-foot"><span class="muted">{added} lines added, {removed} removed{lines.length > mostLines && `; the first ${mostLines} are shown`}</span></div>
    </>
  );
}
