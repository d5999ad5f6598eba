import type { Criterion } from '../api/types';
import { useApp } from '../app';
import { anchorOf, choices, keyOf, objection } from '../state/scale';
import { KeyCap } from './key-cap';

interface Props {
  readonly criterion: Criterion;
  readonly index: number;
  readonly focused: boolean;
}

/** One criterion: in focus every value with its anchor, else one row of numbers. */
export function CriterionField({ criterion, index, focused }: Props) {
  const { grading } = useApp();
  const values = choices(criterion.scale);
  const score = grading.form.value.scores[criterion.id] ?? null;
  return (
    <fieldset
      data-field
      class={`criterion ${focused ? 'focused' : ''} ${score === null ? '' : 'scored'}`}
      // Only the criterion in focus unfolds; focus by mouse or Tab counts as well.
      onFocusIn={() => grading.turnTo(index, false)}
    >
      <legend>
        <span class="criterion-title">{criterion.title}</span>
        <span class="question">{criterion.question}</span>
      </legend>
      {values ? <Choices criterion={criterion} values={values} score={score} focused={focused} /> : <NumberField criterion={criterion} score={score} />}
    </fieldset>
  );
}

function Choices({ criterion, values, score, focused }: { readonly criterion: Criterion; readonly values: readonly number[]; readonly score: number | null; readonly focused: boolean }) {
  const { grading } = useApp();
  return (
    <div class="scale">
      {values.map((value) => {
        const anchor = anchorOf(criterion, value);
        const key = focused ? keyOf(criterion.scale, value) : null;
        return (
          <label key={value} title={focused ? undefined : (anchor ?? undefined)}>
            <input
              type="radio"
              name={`score-${criterion.id}`}
              value={value}
              checked={score === value}
              onChange={() => grading.score(criterion, value)}
            />
            <span class="n">{value}</span>
            <span class="anchor">{anchor}</span>
            {key && key !== String(value) && <KeyCap keys={key} single />}
          </label>
        );
      })}
    </div>
  );
}

function NumberField({ criterion, score }: { readonly criterion: Criterion; readonly score: number | null }) {
  const { grading } = useApp();
  const { min, max, step } = criterion.scale;
  const anchors = Object.entries(criterion.anchors).sort((a, b) => Number(a[0]) - Number(b[0]));
  const enter = (text: string, field: HTMLInputElement) => {
    const why = text === '' ? null : objection(criterion.scale, Number(text));
    field.setCustomValidity(why ?? '');
    if (why) grading.say(why);
    else grading.score(criterion, text === '' ? null : Number(text));
  };
  return (
    <div class="number">
      <input
        type="number"
        aria-label={`${criterion.title}, ${min} to ${max}`}
        min={min}
        max={max}
        step={step ?? 'any'}
        value={score ?? ''}
        onChange={(event) => enter(event.currentTarget.value, event.currentTarget)}
        onKeyDown={(event) => {
          if (event.key !== 'Enter' || event.ctrlKey || event.metaKey) return;
          enter(event.currentTarget.value, event.currentTarget);
          grading.turnTo(grading.focus.value.index + 1);
        }}
      />
      <span class="muted">{min} to {max}</span>
      {anchors.length > 0 && <ul class="muted">{anchors.map(([value, words]) => <li key={value}><b>{value}</b> {words}</li>)}</ul>}
    </div>
  );
}
