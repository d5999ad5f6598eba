export interface FileTab {
  readonly path: string;
  readonly mark?: string;
}

/** Files to choose from: tabs while they fit, a list when they are many. */
export function FileTabs({ files, chosen, choose }: { readonly files: readonly FileTab[]; readonly chosen: string; readonly choose: (path: string) => void }) {
  if (files.length > 8)
    return (
      <select class="file-list" aria-label="File" value={chosen} onChange={(event) => choose(event.currentTarget.value)}>
        {files.map((file) => <option key={file.path} value={file.path}>{file.path} {file.mark}</option>)}
      </select>
    );
  return (
    <div class="file-tabs" role="group" aria-label="Files">
      {files.map((file) => (
        <button key={file.path} type="button" aria-pressed={file.path === chosen} onClick={() => choose(file.path)}>
          {file.path}
          {file.mark && <span class={`mark ${file.mark}`}>{file.mark}</span>}
        </button>
      ))}
    </div>
  );
}

export function sizeText(bytes: number): string {
  if (bytes < 1000) return `${bytes} bytes`;
  return bytes < 1e6 ? `${(bytes / 1e3).toFixed(1)} KB` : `${(bytes / 1e6).toFixed(1)} MB`;
}
