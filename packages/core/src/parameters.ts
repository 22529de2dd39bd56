/** One parameter of a query or form, as it came and as it reads. */
export interface RawParameter {
  readonly name: string;
  readonly value: string;
  /** Percent-encoded, as it came. */
  readonly raw: string;
}

/** Seen beforehand: thousands of exceptions in one body would take as long as a hundred honest requests. */
const BROKEN_ENCODING = /%(?![0-9a-f]{2})/i;

/**
 * Reads `application/x-www-form-urlencoded` text (a query or a form body). Never throws: what can't be
 * decoded stays as it came and `decoded` is false.
 */
export function parseFormEncoded(text: string): {
  readonly parameters: readonly RawParameter[];
  readonly decoded: boolean;
} {
  const parameters: RawParameter[] = [];
  let decoded = true;
  // Looked for once: most bodies have neither.
  const plain = !text.includes('%') && !text.includes('+');
  const decode = (raw: string): string => {
    if (plain || (!raw.includes('%') && !raw.includes('+'))) return raw;
    try {
      if (!BROKEN_ENCODING.test(raw)) return decodeURIComponent(raw.replaceAll('+', ' '));
    } catch {
      // Well-formed, but not UTF-8.
    }
    decoded = false;
    return raw;
  };
  for (const pair of text.split('&')) {
    if (pair === '') continue;
    const equals = pair.indexOf('=');
    const raw = equals < 0 ? '' : pair.slice(equals + 1);
    parameters.push({ name: decode(equals < 0 ? pair : pair.slice(0, equals)), value: decode(raw), raw });
  }
  return { parameters, decoded };
}

/** A parameter's value by its name; undefined for what is absent. */
export type ParametersByName = Pick<ReadonlyMap<string, string>, 'get'>;

/** Parameters by name. An empty value counts as absent (RFC 6749 §3.1). */
export class ParameterSet {
  readonly #first = new Map<string, RawParameter>();
  /** Of names; hardly ever one. */
  #repeated: Set<string> | undefined;

  constructor(parameters: readonly RawParameter[]) {
    for (const parameter of parameters) {
      if (this.#first.has(parameter.name)) (this.#repeated ??= new Set()).add(parameter.name);
      else this.#first.set(parameter.name, parameter);
    }
  }

  get(name: string): string | undefined {
    return this.#present(name)?.value;
  }

  getRaw(name: string): string | undefined {
    return this.#present(name)?.raw;
  }

  isRepeated(name: string): boolean {
    return this.#repeated?.has(name) === true;
  }

  firstRepeated(): string | undefined {
    return this.#repeated?.values().next().value;
  }

  toMap(): ReadonlyMap<string, string> {
    const map = new Map<string, string>();
    for (const [name, { value }] of this.#first) if (value !== '') map.set(name, value);
    return map;
  }

  #present(name: string): RawParameter | undefined {
    const first = this.#first.get(name);
    return first === undefined || first.value === '' ? undefined : first;
  }
}
