import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ParameterSet, parseFormEncoded } from './parameters.js';

function setOf(text: string): ParameterSet {
  return new ParameterSet(parseFormEncoded(text).parameters);
}

describe('reading a form', () => {
  it('never throws, whatever comes', () => {
    const pieces = fc.constantFrom('%', '%4', '%41', '%ff', '&', '=', '+', '\0', 'é', '__proto__', 'a');
    const text = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.array(pieces).map((parts) => parts.join('')),
    );
    fc.assert(
      fc.property(text, (candidate) => {
        const { parameters } = parseFormEncoded(candidate);
        for (const { name } of parameters) expect(new ParameterSet(parameters).get(name)).not.toBe('');
      }),
    );
  });

  it('reads what URLSearchParams writes, and keeps it as it came beside', () => {
    const pairs = fc.array(fc.tuple(fc.string({ minLength: 1 }), fc.string()), { maxLength: 8 });
    fc.assert(
      fc.property(pairs, (written) => {
        const text = new URLSearchParams(written).toString();
        const { parameters, decoded } = parseFormEncoded(text);
        const wellFormed = [...new URLSearchParams(text)];
        expect(decoded).toBe(true);
        expect(parameters.map(({ name, value }) => [name, value])).toEqual(wellFormed);
        expect(parameters.map(({ raw }) => raw)).toEqual(
          text === '' ? [] : text.split('&').map((pair) => pair.slice(pair.indexOf('=') + 1)),
        );
      }),
    );
  });

  it('what can’t be decoded stays as it came, and that is said', () => {
    expect(parseFormEncoded('state=%zz%41&b=1')).toEqual({
      decoded: false,
      parameters: [
        { name: 'state', value: '%zz%41', raw: '%zz%41' },
        { name: 'b', value: '1', raw: '1' },
      ],
    });
  });

  it('the raw value is what stood there, byte for byte', () => {
    expect(setOf('state=%7e+%7E~a%3D%3d').getRaw('state')).toBe('%7e+%7E~a%3D%3d');
    expect(setOf('state=%7e+%7E~a%3D%3d').get('state')).toBe('~ ~~a==');
  });
});

describe('a set of parameters', () => {
  it('takes an empty value for none', () => {
    const parameters = setOf('a=&b&c=1');
    expect([parameters.get('a'), parameters.get('b'), parameters.get('c')]).toEqual([
      undefined,
      undefined,
      '1',
    ]);
    expect([...parameters.toMap()]).toEqual([['c', '1']]);
  });

  it.each(['a=1&a=2', 'a=1&a=1', 'a=&a=1', 'a=1&%61=2', 'a=1&b=2&a'])('sees the repetition in %s', (text) => {
    expect(setOf(text).isRepeated('a')).toBe(true);
    expect(setOf(text).firstRepeated()).toBe('a');
  });

  it('sees none where names differ, in case too', () => {
    expect(setOf('a=1&A=1&b=1').firstRepeated()).toBeUndefined();
    expect(setOf('a=1').isRepeated('a')).toBe(false);
  });

  it('names of the language itself are names like others', () => {
    const parameters = setOf('__proto__=1&constructor=2');
    expect(parameters.get('__proto__')).toBe('1');
    expect(parameters.get('constructor')).toBe('2');
    expect(parameters.get('toString')).toBeUndefined();
  });
});
