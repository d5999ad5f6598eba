import type { Problem } from '../api/types';

export function ProblemCard({ problem, onRetry }: { readonly problem: Problem; readonly onRetry: () => void }) {
  return (
    <div class="card" role="alert">
      <h2>{problem.what}</h2>
      {problem.where && <p class="mono">{problem.where}</p>}
      <p>{problem.remedy}</p>
      <button type="button" class="primary" onClick={onRetry}>
        Try again
      </button>
    </div>
  );
}
