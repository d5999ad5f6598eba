import { useApp } from '../app';
import { clock } from '../state/saved';
import { Modal } from './modal';

/** Two states of one output, saved and here, and the choice between them. */
export function ConflictDialog() {
  const { desk, dialog, disputed, grading } = useApp();
  const key = disputed.value;
  const dispute = key === null ? null : grading.saves.dispute(key);
  if (key === null || dispute === null) return null;
  const { current, mine } = dispute;
  const number = desk.items.value.find((item) => item.key === key)?.number;
  const choose = (act: () => unknown) => {
    dialog.value = null;
    void act();
  };
  const rows = [
    ...grading.criteria.map((c) => ({ name: c.title, theirs: String(current.scores[c.id] ?? '–'), own: String(mine.scores[c.id] ?? '–') })),
    { name: 'Status', theirs: current.status, own: mine.status },
    { name: 'Notes', theirs: current.notes || '–', own: mine.notes || '–' },
  ];
  return (
    <Modal title={`Output ${number ?? ''} was saved in another window`}>
      <p>Neither is lost: what you do not choose stays in git's history or within reach of undo.</p>
      <table class="versus">
        <thead><tr><th scope="col"><span class="unseen">Field</span></th><th scope="col">Saved {clock(current.saved_at)}</th><th scope="col">Here, not saved</th></tr></thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row.name} class={row.theirs === row.own ? undefined : 'unlike'}><th scope="row">{row.name}</th><td>{row.theirs}</td><td>{row.own}</td></tr>
          ))}
        </tbody>
      </table>
      <div class="dialog-actions">
        <button type="button" onClick={() => choose(() => grading.takeTheirs(key))}>Keep what was saved</button>
        <button type="button" class="primary" onClick={() => choose(() => grading.keepMine(key))}>Save what is here</button>
      </div>
    </Modal>
  );
}
