import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { BodyError, readForm, readFormOrJson } from './body.js';

const FORM = 'application/x-www-form-urlencoded';
const bytes = (text: string): Buffer => Buffer.from(text, 'utf8');
const names = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 12 });
const flat = fc.dictionary(names, fc.string({ unit: 'grapheme', maxLength: 20 }), { maxKeys: 8 });

/** The parameters, or the one error that may be thrown. */
function outcomeOf(read: () => ReturnType<typeof readForm>) {
  try {
    return [...read().toMap()];
  } catch (error) {
    expect(error).toBeInstanceOf(BodyError);
    return (error as BodyError).message;
  }
}

describe('reading a body', () => {
  it('throws nothing but what a client is told, whatever comes as whatever type, and decides the same twice', () => {
    const type = fc.oneof(
      fc.constantFrom(FORM, 'application/json', 'application/json; charset=utf-8', `${FORM};charset=x`),
      fc.string({ unit: 'binary', maxLength: 30 }),
      fc.constant(undefined),
    );
    const pieces = fc.constantFrom(
      '{',
      '}',
      '"a"',
      ':',
      ',',
      '[',
      ']',
      '\\u0000',
      'null',
      '1',
      '%',
      '=',
      '&',
    );
    const body = fc.oneof(
      fc.uint8Array({ maxLength: 60 }),
      fc.array(pieces, { maxLength: 15 }).map((parts) => bytes(parts.join(''))),
      fc.json().map(bytes),
      fc.constant(undefined),
    );
    fc.assert(
      fc.property(body, type, (content, contentType) => {
        const outcome = outcomeOf(() => readFormOrJson(content, contentType));
        expect(outcomeOf(() => readFormOrJson(content, contentType))).toEqual(outcome);
        outcomeOf(() => readForm(content, contentType));
      }),
    );
  });

  it('reads from flat JSON what was written, except that empty is absent', () => {
    fc.assert(
      fc.property(flat, fc.boolean(), (object, pretty) => {
        const text = JSON.stringify(object, null, pretty ? 2 : 0);
        const parameters = readFormOrJson(bytes(text), 'application/json');
        expect([...parameters.toMap()]).toEqual(Object.entries(object).filter(([, value]) => value !== ''));
        expect(parameters.firstRepeated()).toBeUndefined();
      }),
    );
  });

  it('reads the same from a form as from JSON', () => {
    fc.assert(
      fc.property(flat, (object) => {
        const form = bytes(new URLSearchParams(object).toString());
        const wellFormed = Object.fromEntries(new URLSearchParams(object));
        const fromJson = readFormOrJson(bytes(JSON.stringify(wellFormed)), 'application/json');
        expect(new Map(readFormOrJson(form, FORM).toMap())).toEqual(new Map(fromJson.toMap()));
      }),
    );
  });

  it('refuses a member that is no string, whatever stands beside it', () => {
    const nested = fc.oneof(fc.integer(), fc.boolean(), fc.array(fc.string()), fc.object());
    fc.assert(
      fc.property(flat, names, nested, (object, name, value) => {
        const text = JSON.stringify(Object.fromEntries([...Object.entries(object), [name, value]]));
        expect(() => readFormOrJson(bytes(text), 'application/json')).toThrow(BodyError);
      }),
    );
  });

  it('refuses a member that comes twice, also where one of them is escaped', () => {
    fc.assert(
      fc.property(flat, names, fc.boolean(), (object, name, escaped) => {
        const plain = JSON.stringify(name);
        const other = escaped ? `"${toEscapes(name)}"` : plain;
        const rest = Object.entries(object).map(
          ([key, value]) => `${JSON.stringify(key)}:${JSON.stringify(value)}`,
        );
        const text = `{${[...rest, `${plain}:"1"`, `${other}:"2"`].join(',')}}`;
        expect(() => readFormOrJson(bytes(text), 'application/json')).toThrow('a member twice');
      }),
    );
  });
});

function toEscapes(text: string): string {
  return Array.from(
    { length: text.length },
    (_none, index) => `\\u${text.charCodeAt(index).toString(16).padStart(4, '0')}`,
  ).join('');
}
