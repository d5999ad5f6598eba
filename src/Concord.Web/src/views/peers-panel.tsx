import type { Criterion, Peer } from '../api/types';
import { spreadOf } from '../state/peers';

/** Everybody's grades of one output side by side: who differs, and what they wrote. */
export function PeersPanel({ peers, criteria }: { readonly peers: readonly Peer[]; readonly criteria: readonly Criterion[] }) {
  const spreads = criteria.map((criterion) => spreadOf(criterion, peers));
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
              <tr key={peer.grader}>
                <th scope="row">
                  {peer.grader} {peer.status !== 'graded' && <span class="badge">{peer.status}</span>}
                  {peer.notes && <span class="peer-note">{peer.notes}</span>}
                </th>
                {spreads.map((spread) => {
                  const differs = spread.differ.has(peer.grader);
                  return (
                    <td key={spread.criterion.id} class={`num ${differs ? 'differs' : ''}`}>
                      {peer.scores[spread.criterion.id] ?? '–'}
                      {differs && <span class="unseen"> differs</span>}
                    </td>
                  );
                })}
              </tr>
            ))}
          </tbody>
          <tfoot>
            <tr>
              <th scope="row">Median</th>
              {spreads.map((s) => <td key={s.criterion.id} class="num">{s.median ?? '–'}<span class="spread">{s.words}</span></td>)}
            </tr>
          </tfoot>
        </table>
      </div>
    </section>
  );
}
