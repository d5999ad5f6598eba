import { Fragment } from 'preact';
import type { Agreement, Criterion, Peer } from '../api/types';
import { spreads } from '../state/peers';

interface Props {
  readonly peers: readonly Peer[];
  readonly criteria: readonly Criterion[];
  readonly agreement: Agreement | null;
}

/** Everybody's grades of one output side by side: who differs, how far, what they wrote, and what leads decided. */
export function PeersPanel({ peers, criteria, agreement }: Props) {
  const columns = spreads(criteria, peers, agreement);
  const decisions = agreement?.decisions ?? [];
  return (
    <section class="peers" aria-label="Other graders">
      <div class="peers-scroll" tabIndex={0} data-scroll role="region" aria-label="Grades side by side">
        <table>
          <thead>
            <tr>
              <th scope="col">{peers.length} {peers.length === 1 ? 'grader' : 'graders'}</th>
              {criteria.map((criterion) => <th key={criterion.id} scope="col" class="num">{criterion.title}</th>)}
            </tr>
          </thead>
          <tbody>
            {peers.map((peer) => (
              <Fragment key={peer.grader}>
                <tr>
                  <th scope="row">{peer.grader} {peer.status !== 'graded' && <span class="badge">{peer.status}</span>}</th>
                  {columns.map((spread) => {
                    const differs = spread.differ.has(peer.grader);
                    return (
                      <td key={spread.criterion.id} class={`num ${differs ? 'differs' : ''}`}>
                        {peer.scores[spread.criterion.id] ?? '–'}
                        {differs && <span class="unseen"> differs</span>}
                      </td>
                    );
                  })}
                </tr>
                {peer.notes && <tr class="peer-note"><td colSpan={1 + columns.length}>{peer.notes}</td></tr>}
              </Fragment>
            ))}
          </tbody>
          <tfoot>
            <tr>
              <th scope="row">Median{agreement && <><span class="spread">range</span><span class="spread">pairs of graders</span></>}</th>
              {columns.map((s) => (
                <td key={s.criterion.id} class="num">
                  {s.median ?? '–'}<span class="spread">{s.words}</span>{s.agreement.map((words) => <span key={words} class="spread">{words}</span>)}
                </td>
              ))}
            </tr>
          </tfoot>
        </table>
      </div>
      {decisions.length > 0 && (
        <ul class="decisions" aria-label="Decisions so far">
          {decisions.map((decision) => <DecisionLine key={decision.grader} decision={decision} criteria={criteria} />)}
        </ul>
      )}
    </section>
  );
}

function DecisionLine({ decision, criteria }: { readonly decision: Peer; readonly criteria: readonly Criterion[] }) {
  const takenBack = decision.status === 'withdrawn';
  const scores = criteria.flatMap((c) => {
    const score = decision.scores[c.id] ?? null;
    return score === null ? [] : [`${c.title} ${score}`];
  });
  return (
    <li>
      <b>{decision.grader}</b> {takenBack ? <span class="badge">taken back</span> : <>decided {scores.join(', ')}</>}{' '}
      <time class="muted" dateTime={decision.graded_at}>{decision.graded_at.slice(0, 10)}</time>
      <span class="peer-note">{decision.notes}</span>
    </li>
  );
}
