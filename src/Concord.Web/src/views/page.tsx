import { useComputed } from '@preact/signals';
import { useApp } from '../app';
import { ConflictDialog } from './conflict-dialog';
import { Divider } from './divider';
import { EndPage } from './end-page';
import { GradeForm } from './grade-form';
import { Header } from './header';
import { KeysDialog } from './keys-dialog';
import { OutputPane } from './output-pane';
import { ProblemCard } from './problem-card';
import { SkipDialog } from './skip-dialog';

export function Page() {
  const { desk, settings, dialog } = useApp();
  const columns = useComputed(() => ({ '--form-width': `${settings.formWidth.value}px` }));
  if (!desk.session.value)
    return (
      <main class="blank">
        <h1 class="unseen">Concord grading</h1>
        {desk.problem.value ? <ProblemCard problem={desk.problem.value} onRetry={() => desk.retry()} /> : <p class="muted">Opening the session …</p>}
      </main>
    );
  return (
    <>
      <Header />
      {desk.ended.value ? (
        <EndPage />
      ) : (
        <main class="desk" style={columns.value}>
          <OutputPane />
          <Divider />
          <GradeForm />
        </main>
      )}
      {dialog.value === 'keys' && <KeysDialog />}
      {dialog.value === 'skip' && <SkipDialog />}
      {dialog.value === 'conflict' && <ConflictDialog />}
    </>
  );
}
