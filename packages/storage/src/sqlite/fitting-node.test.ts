import { describe, expect, it } from 'vitest';
import { requireFittingNode, UnfitNodeError } from './fitting-node.js';

describe('a Node that would die in the middle of work is refused before it begins', () => {
  it.each(['24.19.0', '24.21.0', '24.100.3'])('%s is refused, and says what to take instead', (version) => {
    expect(() => requireFittingNode(version)).toThrow(UnfitNodeError);
    expect(() => requireFittingNode(version)).toThrow(/Use Node\.js 20 .* 24\.18; or PostgreSQL/);
  });

  it.each(['20.19.0', '20.20.2', '22.23.2', '24.0.0', '24.18.1', '26.1.0'])('%s is not', (version) => {
    expect(() => requireFittingNode(version)).not.toThrow();
  });
});
