import { useSignal } from '@preact/signals';
import { Refused } from '../api/failures';
import { useApp } from '../app';
import { savedLine, type SavedLine } from '../state/saved';

const acts = { retry: 'Try now', resolve: 'Compare', commit: 'Commit' } as const;

/** What is safe, as a live region, with what can be done where something is not. */
export function SavedState() {
  const { api, desk, grading, dialog, disputed } = useApp();
  const busy = useSignal(false);
  const line = savedLine({
    key: desk.at.value,
    items: desk.items.value,
    saves: grading.saves.states.value,
    draft: grading.unsent.draft.value,
    changed: grading.changed.value && desk.item.value !== null,
    grade: desk.item.value?.grade ?? null,
    pending: desk.pending.value,
    commits: desk.session.value!.commits,
    now: Date.now(),
  });
  const act = async (what: NonNullable<SavedLine['act']>) => {
    if (what.kind === 'retry') return grading.retry();
    if (what.kind === 'resolve') {
      disputed.value = what.key;
      dialog.value = 'conflict';
      return;
    }
    busy.value = true;
    try {
      const { pending } = await api.commit();
      desk.pending.value = pending;
      grading.say(pending === 0 ? 'Committed.' : `Not committed yet: ${pending}. Why is beside it.`);
      desk.committed();
    } catch (error) {
      grading.say(error instanceof Refused ? `${error.problem.what} ${error.problem.remedy}` : 'The grading host does not answer.');
    } finally {
      busy.value = false;
    }
  };
  return (
    <span class={`saved ${line.tone}`}>
      <span role="status" aria-live="polite" class="saved-text">
        <span class="nowrap">{line.text}</span>
        {line.commit && <span class="nowrap">, commit <code>{line.commit.slice(0, 7)}</code></span>}
      </span>
      {line.act && (
        <button type="button" class="small" disabled={busy.value} onClick={() => void act(line.act!)}>
          {acts[line.act.kind]}
        </button>
      )}
      {line.detail && (
        <details class="why">
          <summary>Why</summary>
          <pre tabIndex={0} data-scroll>{line.detail}</pre>
        </details>
      )}
    </span>
  );
}
