import { useMemo, useState } from 'preact/hooks';
import type { Item } from '../api/types';
import { FileTabs, sizeText } from './file-tabs';
import { highlighted } from './highlighting';
import '../style/code.css';

export function CodeView({ item }: { readonly item: Item }) {
  const [chosen, setChosen] = useState(item.entry ?? item.files[0]?.path ?? '');
  const file = item.files.find((f) => f.path === chosen) ?? item.files[0];
  const text = file?.text ?? null;
  const code = useMemo(() => (file && text !== null ? highlighted(file.path, text) : null), [file?.path, text]);
  const numbers = useMemo(() => (text === null ? '' : lineNumbers(text)), [text]);
  if (!file) return <p class="muted middle">This output has no files.</p>;
  return (
    <>
      <FileTabs files={item.files} chosen={file.path} choose={setChosen} />
      {text === null ? (
        <p class="muted middle">{file.path} is binary or too long to show ({sizeText(file.size)}).</p>
      ) : (
        <div class="code" tabIndex={0} data-scroll role="region" aria-label={`Code of ${file.path}`}>
          <pre class="numbers" aria-hidden="true">{numbers}</pre>
          <pre class="text"><code>{code}</code></pre>
        </div>
      )}
      <div class="view-foot"><span class="muted">{sizeText(file.size)}{text !== null && `, ${numbers.split('\n').length} lines`}, read-only</span></div>
    </>
  );
}

function lineNumbers(text: string): string {
  const count = text.split('\n').length - (text.endsWith('\n') ? 1 : 0);
  return Array.from({ length: Math.max(1, count) }, (_, i) => i + 1).join('\n');
}
