import { describe, expect, it } from 'vitest';
import { judgeKeys, type KeyRecord } from './judge-keys.js';

const used = (keyId: string): KeyRecord => ({ keyId, firstSeenAt: 1, retiredAt: null });
const retired = (keyId: string): KeyRecord => ({ keyId, firstSeenAt: 1, retiredAt: 2 });

describe('which ring may work on a database', () => {
  it('an empty database takes any ring and remembers all of it', () => {
    expect(judgeKeys(['a', 'b'], [])).toEqual({ kind: 'admitted', added: ['a', 'b'] });
  });

  it('a key given twice is remembered once', () => {
    expect(judgeKeys(['a', 'a'], [])).toEqual({ kind: 'admitted', added: ['a'] });
  });

  it('the same ring is admitted again, in any order, and adds nothing', () => {
    expect(judgeKeys(['b', 'a'], [used('a'), used('b')])).toEqual({ kind: 'admitted', added: [] });
  });

  it('a new key beside all the old ones is admitted and remembered', () => {
    expect(judgeKeys(['b', 'a'], [used('a')])).toEqual({ kind: 'admitted', added: ['b'] });
  });

  it('a ring of other keys is refused, and is told what is missing', () => {
    expect(judgeKeys(['b'], [used('a')])).toEqual({ kind: 'missing', keyIds: ['a'] });
  });

  it('a ring that lacks one of the keys is refused', () => {
    expect(judgeKeys(['a'], [used('a'), used('b')])).toEqual({ kind: 'missing', keyIds: ['b'] });
  });

  it('a retired key is missed by nobody', () => {
    expect(judgeKeys(['b'], [retired('a'), used('b')])).toEqual({ kind: 'admitted', added: [] });
  });

  it('a retired key that comes back is refused', () => {
    expect(judgeKeys(['b', 'a'], [retired('a'), used('b')])).toEqual({ kind: 'retired', keyIds: ['a'] });
  });

  it('a database whose keys are all retired takes a new ring', () => {
    expect(judgeKeys(['b'], [retired('a')])).toEqual({ kind: 'admitted', added: ['b'] });
  });
});
