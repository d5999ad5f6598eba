import type { Criterion, Scale } from '../api/types';

/** More values than this are no longer numbers to press but a field to type into. */
const mostChoices = 21;

/** The scale's values from best to worst, or null where there are too many to choose from. */
export function choices(scale: Scale): readonly number[] | null {
  if (scale.step === null || scale.step <= 0) return null;
  const count = Math.floor((scale.max - scale.min) / scale.step + 1e-9) + 1;
  if (count > mostChoices) return null;
  return Array.from({ length: count }, (_, i) => rounded(scale.min + i * scale.step!)).reverse();
}

/** The value that a digit key stands for: itself, and 0 for 10 where the scale has no 0. */
export function valueOfDigit(scale: Scale, digit: number): number | null {
  const values = choices(scale);
  if (values?.includes(digit)) return digit;
  return digit === 0 && values?.includes(10) ? 10 : null;
}

/** The value half a unit up (from a whole one) or back down: the point key, where the scale has halves. */
export function halfOf(scale: Scale, value: number | null): number | null {
  if (value === null) return null;
  const half = Number.isInteger(value) ? value + 0.5 : Math.floor(value);
  return choices(scale)?.includes(half) ? half : null;
}

/** The key to press for a value, or null where no single key gives it. */
export function keyOf(scale: Scale, value: number): string | null {
  for (let digit = 0; digit <= 9; digit++) if (valueOfDigit(scale, digit) === value) return String(digit);
  return null;
}

/** Why a typed number is not a value of the scale; null where it is one. */
export function objection(scale: Scale, value: number): string | null {
  if (!Number.isFinite(value)) return 'That is not a number.';
  if (value < scale.min || value > scale.max) return `The scale goes from ${scale.min} to ${scale.max}.`;
  if (scale.step === null || scale.step <= 0) return null;
  const steps = (value - scale.min) / scale.step;
  return Math.abs(steps - Math.round(steps)) < 1e-6 ? null : `The scale goes in steps of ${scale.step}.`;
}

export function anchorOf(criterion: Criterion, value: number): string | null {
  return criterion.anchors[String(value)] ?? null;
}

const rounded = (value: number) => Math.round(value * 1e9) / 1e9;
