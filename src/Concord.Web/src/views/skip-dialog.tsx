import { useState } from 'preact/hooks';
import { useApp } from '../app';
import { Modal } from './modal';

export function SkipDialog() {
  const { desk, dialog, grading } = useApp();
  const [reason, setReason] = useState(grading.form.value.notes);
  const skip = () => {
    if (reason.trim() === '') return;
    dialog.value = null;
    void grading.skip(reason);
  };
  return (
    <Modal title="Skip this output">
      <form onSubmit={(event) => { event.preventDefault(); skip(); }}>
        <label for="reason">Why? Whoever renders or reviews it will read this.</label>
        <textarea
          id="reason"
          rows={3}
          required
          autofocus
          value={reason}
          onInput={(event) => setReason(event.currentTarget.value)}
          onKeyDown={(event) => { if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) { event.preventDefault(); skip(); } }}
        />
        <p class="muted">Scores entered here are left out; undo brings them back.{desk.item.value?.grade ? ' It replaces your grade of this session; one of an earlier session still stands.' : ''}</p>
        <div class="dialog-actions">
          <button type="button" onClick={() => (dialog.value = null)}>Cancel</button>
          <button type="submit" class="primary" disabled={reason.trim() === ''}>Skip & next</button>
        </div>
      </form>
    </Modal>
  );
}
