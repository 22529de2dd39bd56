import { setImmediate as nextTurn } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { LogLines } from './log-lines.js';

function linesTo(written: string[]): LogLines {
  return new LogLines({ write: (text) => written.push(text) });
}

describe('the log’s lines', () => {
  it('of one turn are written together, in order, and of the next turn anew', async () => {
    const written: string[] = [];
    const lines = linesTo(written);
    lines.write('a\n');
    lines.write('b\n');
    expect(written).toEqual([]);
    await nextTurn();
    expect(written).toEqual(['a\nb\n']);
    lines.write('c\n');
    await nextTurn();
    expect(written).toEqual(['a\nb\n', 'c\n']);
    lines.close();
  });

  it('are written when the process ends in this very turn', () => {
    const written: string[] = [];
    const lines = linesTo(written);
    lines.write('last words\n');
    process.emit('exit', 0);
    expect(written).toEqual(['last words\n']);
    lines.close();
  });

  it('leave nothing behind: neither a line nor a listener', () => {
    const before = process.listenerCount('exit');
    const written: string[] = [];
    const lines = linesTo(written);
    lines.write('a\n');
    lines.close();
    expect(written).toEqual(['a\n']);
    expect(process.listenerCount('exit')).toBe(before);
  });
});
