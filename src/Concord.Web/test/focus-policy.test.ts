import { describe, expect, it } from 'vitest';
import { FocusPolicy } from '../src/state/focus-policy';

describe('an output that has the keyboard', () => {
  it('keeps it after Tab', () => {
    const policy = new FocusPolicy(0);
    policy.typed('Tab', 10);
    expect(policy.isWanted({ hovers: false, active: true, now: 11 })).toBe(true);
    policy.typed('4', 20);
    expect(policy.isWanted({ hovers: false, active: true, now: 5_000 })).toBe(false);
  });

  it('keeps it after a click: the pointer is over it, the person did something, and it was no key', () => {
    const policy = new FocusPolicy(0);
    expect(policy.isWanted({ hovers: true, active: true, now: 1_300 })).toBe(true);
    expect(policy.isWanted({ hovers: false, active: true, now: 1_300 })).toBe(false);
    expect(policy.isWanted({ hovers: true, active: false, now: 1_300 })).toBe(false);
    policy.typed('4', 1_400);
    expect(policy.isWanted({ hovers: true, active: true, now: 1_500 })).toBe(false);
  });

  it('gives it back while it has only just appeared', () => {
    expect(new FocusPolicy(0).isWanted({ hovers: true, active: true, now: 100 })).toBe(false);
  });

  it('is stopped where it takes it again and again, and not for a few times in an hour', () => {
    const greedy = new FocusPolicy(0);
    expect([...Array(8).keys()].map((i) => greedy.refused(i * 100)).at(-1)).toBe(true);
    const slow = new FocusPolicy(0);
    expect([...Array(20).keys()].some((i) => slow.refused(i * 1_000))).toBe(false);
  });
});
