import { describe, expect, it } from 'vitest';
import { formatRelative, formatTime } from './times.js';

const now = Date.UTC(2026, 2, 14, 15, 9, 26);

describe('times', () => {
  it('are written in UTC and in the language of the page', () => {
    expect(formatTime('en', 'day', now)).toBe('March 14, 2026');
    expect(formatTime('pt-BR', 'day', now)).toBe('14 de março de 2026');
    expect(formatTime('en', 'clock', now)).toBe('15:09');
  });

  it('round the past down and the future up, so that nobody who waits comes too early', () => {
    expect(formatRelative('en', now - 119_000, now)).toBe('1 minute ago');
    expect(formatRelative('en', now + 61_000, now)).toBe('in 2 minutes');
    expect(formatRelative('en', now + 10_001, now)).toBe('in 11 seconds');
    expect(formatRelative('pt-BR', now - 3 * 3_600_000, now)).toBe('há 3 horas');
  });

  it('are a date from a week on', () => {
    expect(formatRelative('en', now - 8 * 24 * 3_600_000, now)).toBeUndefined();
  });

  it('call a clock that is a little ahead “now”', () => {
    expect(formatRelative('en', now, now)).toBe('now');
  });
});
