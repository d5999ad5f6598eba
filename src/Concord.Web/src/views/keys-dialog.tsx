import { useApp } from '../app';
import { keySheet } from '../state/keys';
import { Modal } from './modal';

export function KeysDialog() {
  const { desk, dialog, settings } = useApp();
  const auto = settings.autoAdvance.value ?? desk.session.value!.auto_advance;
  return (
    <Modal title="Keys and settings">
      <dl class="sheet">
        {keySheet.map((line) => (
          <div key={line.does} class={line.single && !settings.singleKeys.value ? 'off' : undefined}>
            <dt>{line.keys.map((key) => <kbd key={key} class="key">{key}</kbd>)}</dt>
            <dd>{line.does}{line.single && !settings.singleKeys.value ? ' (off)' : ''}</dd>
          </div>
        ))}
      </dl>
      <p class="muted">On a Mac, Command does what Ctrl does. Single keys do nothing in text fields.</p>
      <div class="switches">
        <label><input type="checkbox" checked={settings.singleKeys.value} onChange={(event) => (settings.singleKeys.value = event.currentTarget.checked)} /> Single keys (letters, digits and points without Ctrl)</label>
        <label><input type="checkbox" checked={auto} onChange={(event) => (settings.autoAdvance.value = event.currentTarget.checked)} /> Save and go on by itself after the last score</label>
      </div>
      <div class="dialog-actions"><button type="button" class="primary" onClick={() => (dialog.value = null)}>Close</button></div>
    </Modal>
  );
}
