import { useLayoutEffect, useRef } from 'preact/hooks';
import { useApp } from '../app';
import { CriterionField } from './criterion-field';
import { Icon } from './icon';
import { KeyCap } from './key-cap';
import { PeersPanel } from './peers-panel';

export function GradeForm() {
  const { desk, grading, dialog } = useApp();
  const root = useRef<HTMLFormElement>(null);
  const { index, asked } = grading.focus.value;
  const item = desk.item.value;
  const shown = useRef<string | null>(null);
  const between = !item || grading.between.value;
  useLayoutEffect(() => {
    // What is typed from here on is meant for the next output: a text field must not take it.
    const focused = document.activeElement;
    if (between && focused instanceof HTMLElement && root.current?.contains(focused)) focused.blur();
  }, [between]);
  // Before the next key press, not after the next picture: a quick typist would be thrown back to the field before.
  useLayoutEffect(() => {
    if (!item || asked === 0) return;
    const field = root.current?.querySelectorAll<HTMLElement>('[data-field]')[grading.focus.peek().index];
    const target = field?.querySelector<HTMLElement>('input:checked') ?? field?.querySelector<HTMLElement>('input, textarea');
    target?.focus({ preventScroll: true });
    // A new output is looked at first: on a narrow page the form would scroll it away.
    if (shown.current === item.key) field?.scrollIntoView({ block: 'nearest' });
    shown.current = item.key;
  }, [asked, item?.key]);
  const session = desk.session.value!;
  const lead = session.mode === 'adjudicate';
  const form = grading.form.value;
  const notes = grading.criteria.length;
  const mine = item?.grade?.status;
  return (
    <form id="grade" class="grade" aria-label={lead ? 'Decision' : 'Grade'} ref={root} onSubmit={(event) => event.preventDefault()}>
      <div class="fields" inert={between}>
        {lead && item?.peers && <PeersPanel peers={item.peers} criteria={grading.criteria} agreement={item.agreement} />}
        {grading.stale.value && (
          <p class="strip warn">
            An older draft differs from what was saved.
            <button type="button" class="small" onClick={() => grading.useStaleDraft(true)}>Use the draft</button>
            <button type="button" class="small" onClick={() => grading.useStaleDraft(false)}>Keep the saved grade</button>
          </p>
        )}
        {mine === 'skipped' && !grading.changed.value && <p class="strip">You skipped this output. Scoring it now grades it.</p>}
        {grading.criteria.map((criterion, i) => (
          <CriterionField key={criterion.id} criterion={criterion} index={i} focused={i === index} />
        ))}
        <div class="notes" data-field onFocusIn={() => grading.turnTo(notes, false)}>
          <label for="notes">{lead ? 'Reason' : 'Notes'} <span class="muted">{lead ? 'required' : 'optional'}</span></label>
          <textarea
            id="notes"
            rows={2}
            required={lead}
            placeholder={lead ? 'Why this is the decision' : 'What would make it better?'}
            value={form.notes}
            onInput={(event) => grading.note(event.currentTarget.value)}
          />
        </div>
        {!lead && item?.peers && item.peers.length > 0 && <PeersPanel peers={item.peers} criteria={grading.criteria} agreement={item.agreement} />}
      </div>
      <div class="foot">
        <p class="said" role="status" aria-live="polite">{grading.said.value}</p>
        <div class="actions" inert={between}>
          {lead ? (
            <button type="button" disabled={!item?.grade || item.grade.status === 'withdrawn'} onClick={() => void grading.withdraw()}>Take back</button>
          ) : (
            <>
              <button type="button" onClick={() => (dialog.value = 'skip')} title="Skip, with a reason (Ctrl+Space)">Skip</button>
              <button type="button" class="flag" aria-pressed={form.flagged} onClick={() => grading.flag()} title="Scored, and asks for another look">
                <Icon name="flag" /> Flag <KeyCap keys="F" single />
              </button>
            </>
          )}
          <button type="button" class="primary" onClick={() => void grading.save(true)}>
            {lead ? 'Decide & next' : 'Save & next'} <KeyCap keys="Ctrl ⏎" />
          </button>
        </div>
      </div>
    </form>
  );
}
