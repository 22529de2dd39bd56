import { describe, expect, it } from 'vitest';
import { AbortingNodeError, refuseAbortingNode } from './node-version.js';

describe('the Node.js that SQLite runs in', () => {
  it.each(['20.19.0', '20.20.2', '22.23.3', '24.0.0', '24.2.0', '24.18.1'])('%s is taken', (version) => {
    expect(() => refuseAbortingNode(version)).not.toThrow();
  });

  it.each(['24.19.0', '24.20.0', '24.21.0', '24.100.0'])('%s is refused, and says what to use', (version) => {
    expect(() => refuseAbortingNode(version)).toThrow(AbortingNodeError);
    expect(() => refuseAbortingNode(version)).toThrow(`Node.js ${version} ends`);
    expect(() => refuseAbortingNode(version)).toThrow('Use Node.js 24.18');
  });
});
