import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import { Refused } from '../api/failures';
import type { Summary } from '../api/types';
import { useApp } from '../app';
import { nextOpen } from '../state/queue';
import { Icon } from './icon';

export function EndPage() {
  const { api, desk, grading } = useApp();
  const summary = useSignal<Summary | null>(null);
  const answer = useSignal<{ readonly good: boolean; readonly text: string; readonly url: string | null } | null>(null);
  const busy = useSignal(false);
  const step = useSignal<string | null>(null);
  const failed = useSignal(false);
  const load = () => { failed.value = false; api.summary().then((s) => (summary.value = s), () => (failed.value = true)); };
  // What was still on its way when this page came changes what it tells.
  useEffect(load, [grading.saves.states.value]);
  const submit = async () => {
    busy.value = true;
    answer.value = null;
    const watch = setInterval(() => api.submitStep().then((s) => { if (busy.value) step.value = s; }, () => undefined), 700);
    try {
      const { url, message } = await api.submit();
      answer.value = { good: true, text: message, url: url && /^https?:\/\//.test(url) ? url : null };
    } catch (error) {
      const text = error instanceof Refused ? `${error.problem.what} ${error.problem.remedy}` : 'The grading host does not answer. Nothing is lost; try again.';
      answer.value = { good: false, text, url: null };
    } finally {
      clearInterval(watch);
      busy.value = false;
      step.value = null;
    }
  };
  const s = summary.value;
  const left = nextOpen(desk.items.value, null);
  const unsaved = grading.saves.unsaved.size;
  return (
    <main class="end">
      <div class="card wide-card">
        <span class={`medal ${left ? 'muted' : 'good'}`}><Icon name={left ? 'right' : 'check'} /></span>
        <h2>{left ? 'The end of the queue, with some left' : 'All done. Thank you.'}</h2>
        {unsaved > 0 && <p class="strip bad" role="alert">{unsaved} not saved yet. Keep this page open: it keeps trying.</p>}
        {failed.value && <p role="alert">The summary could not be fetched. <button type="button" class="small" onClick={load}>Try again</button></p>}
        {s && (
          <>
            <dl class="figures">
              <div><dt>Graded</dt><dd>{s.graded}</dd></div>
              <div><dt>Flagged</dt><dd>{s.flagged}</dd></div>
              <div><dt>Skipped</dt><dd>{s.skipped}</dd></div>
              <div><dt>Left</dt><dd>{s.left}</dd></div>
              <div><dt>Time spent</dt><dd>{duration(s.seconds)}</dd></div>
            </dl>
            {s.agreement.length > 0 && s.graded + s.flagged > 0 && (
              <table class="agreement">
                <caption>Agreement with other graders so far, on outputs that you share</caption>
                <thead><tr><th scope="col">Criterion</th><th scope="col" class="num">Outputs</th><th scope="col">Coefficient</th><th scope="col" class="num">Value</th></tr></thead>
                <tbody>
                  {s.agreement.map((a) => (
                    <tr key={a.criterion + a.coefficient}>
                      <th scope="row">{grading.criteria.find((c) => c.id === a.criterion)?.title ?? a.criterion}</th>
                      <td class="num">{a.items}</td>
                      <td>{a.coefficient}</td>
                      <td class="num">{a.value === null ? <span class="muted">{a.undefined_because ?? 'undefined'}</span> : a.value.toFixed(2)}</td>
                    </tr>
                  ))}
                </tbody>
              </table>
            )}
          </>
        )}
        <div class="end-actions">
          {left && <button type="button" class="primary" onClick={() => void desk.open(left.key)}>Go on with output {left.number}</button>}
          {s?.can_submit !== false && <button type="button" class={left ? '' : 'primary'} disabled={busy.value || unsaved > 0} onClick={() => void submit()}>{busy.value ? 'Opening …' : 'Open pull request'}</button>}
        </div>
        <p role="status" aria-live="polite" class={answer.value ? `strip ${answer.value.good ? '' : 'warn'}` : step.value ? 'muted' : 'unseen'}>
          {answer.value?.text ?? step.value} {answer.value?.url && <a href={answer.value.url} target="_blank" rel="noreferrer noopener">{answer.value.url}</a>}
        </p>
        {!answer.value && !busy.value && s && (
          <p class="muted">
            {!desk.session.value!.commits
              ? 'Your grades are in grades/, for you to commit.'
              : <>
                  {s.can_submit ? <>The same as <code>concord submit</code>. </> : 'This clone has no remote to hand them in at. '}
                  {desk.pending.value === 0 && (s.can_submit ? 'Your grades are safe on their branch either way, and you can go on grading and hand in again.' : 'Your grades are safe on their branch.')}
                </>}
          </p>
        )}
      </div>
    </main>
  );
}

function duration(seconds: number): string {
  const minutes = Math.round(seconds / 60);
  return minutes < 1 ? `${seconds} s` : minutes < 60 ? `${minutes} min` : `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}
