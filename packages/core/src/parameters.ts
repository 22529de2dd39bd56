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
  const decode = (raw: string): string => {
    if (!raw.includes('%') && !raw.includes('+')) return raw;
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

/** Parameters by name. An empty value counts as absent (RFC 6749 §3.1). */
export class ParameterSet {
  readonly #byName = new Map<string, RawParameter[]>();

  constructor(parameters: readonly RawParameter[]) {
    for (const parameter of parameters) {
      const same = this.#byName.get(parameter.name);
      if (same === undefined) this.#byName.set(parameter.name, [parameter]);
      else same.push(parameter);
    }
  }

  get(name: string): string | undefined {
    return this.#present(name)?.value;
  }

  getRaw(name: string): string | undefined {
    return this.#present(name)?.raw;
  }

  isRepeated(name: string): boolean {
    return (this.#byName.get(name)?.length ?? 0) > 1;
  }

  firstRepeated(): string | undefined {
    for (const [name, values] of this.#byName) if (values.length > 1) return name;
    return undefined;
  }

  toMap(): ReadonlyMap<string, string> {
    const map = new Map<string, string>();
    for (const [name, [first]] of this.#byName)
      if (first !== undefined && first.value !== '') map.set(name, first.value);
    return map;
  }

  #present(name: string): RawParameter | undefined {
    const first = this.#byName.get(name)?.[0];
    return first === undefined || first.value === '' ? undefined : first;
  }
}
