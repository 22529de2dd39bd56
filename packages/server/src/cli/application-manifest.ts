import { readFile } from 'node:fs/promises';
import { InputError, parseId, type ClientId, type WantedApplication } from '@fluxo/core';
import type * as yamlTypes from 'yaml';
import type { Document, LineCounter, Node, Pair, YAMLMap } from 'yaml';
import { MANIFEST_MEMBERS, type Scribe } from './manifest-members.js';

const MOST_BYTES = 1024 * 1024;

/** The applications of a file, YAML or JSON, which is YAML as well. @throws InputError that names the line */
export async function readManifest(path: string): Promise<readonly WantedApplication[]> {
  const text = await readText(path);
  // Loaded only here: the other commands start without it.
  const yaml = await import('yaml');
  const lines = new yaml.LineCounter();
  const document = yaml.parseDocument(text, { lineCounter: lines, prettyErrors: false });
  return new Manifest(document, lines, yaml).applications();
}

async function readText(path: string): Promise<string> {
  let bytes: Buffer;
  try {
    bytes = await readFile(path);
  } catch (error) {
    const why = error instanceof Error ? error.message : 'it could not be read';
    throw new InputError('file', `The file could not be read: ${why}.`);
  }
  if (bytes.byteLength > MOST_BYTES) throw new InputError('file', 'The file must have at most 1 MiB.');
  return bytes.toString('utf8');
}

/** The library, loaded late. */
type Yaml = Pick<typeof yamlTypes, 'isAlias' | 'isMap' | 'isScalar' | 'isSeq'>;

/** Read node by node, so that whatever is wrong can be named by its line. */
class Manifest {
  readonly #document: Document.Parsed;
  readonly #lines: LineCounter;
  readonly #yaml: Yaml;

  constructor(document: Document.Parsed, lines: LineCounter, yaml: Yaml) {
    this.#document = document;
    this.#lines = lines;
    this.#yaml = yaml;
  }

  applications(): readonly WantedApplication[] {
    const [error] = this.#document.errors;
    if (error !== undefined) {
      const { line } = this.#lines.linePos(error.pos[0]);
      throw new InputError('file', `line ${line}: ${error.message}`);
    }
    const root = this.#map(this.#document.contents, 'a list of applications: applications:');
    const wanted: WantedApplication[] = [];
    for (const [name, value] of this.#members(root)) {
      if (name !== 'applications')
        this.#refuse(value.key, `"${name}" is no member here: applications is the only one.`);
      wanted.push(...this.#list(value.node).map((item) => this.#application(item)));
    }
    if (!root.has('applications')) throw new InputError('file', 'The file has no member "applications".');
    return wanted;
  }

  #application(item: Node | null): WantedApplication {
    const map = this.#map(item, 'an application: name, kind, redirect_urls, …');
    const scribe: Scribe = { change: {} };
    for (const [name, { key, node }] of this.#members(map)) {
      const value: unknown = node === null ? null : node.toJS(this.#document);
      const problem = name === 'client_id' ? readClientId(value, scribe) : readMember(name, value, scribe);
      if (problem !== undefined) this.#refuse(key, problem);
    }
    const { clientId, kind, change } = scribe;
    if (clientId === undefined && change.name === undefined) {
      this.#refuse(map, 'an application needs its name, or the client_id of one that is there.');
    }
    return {
      place: `line ${this.#lineOf(map)}`,
      ...(clientId === undefined ? {} : { clientId }),
      ...(kind === undefined ? {} : { kind }),
      change,
    };
  }

  #map(node: Node | null, what: string): YAMLMap {
    const resolved = this.#resolve(node);
    if (this.#yaml.isMap(resolved)) return resolved;
    return this.#refuse(node, `here must stand ${what}`);
  }

  #list(node: Node | null): readonly (Node | null)[] {
    const resolved = this.#resolve(node);
    if (this.#yaml.isSeq<Node | null>(resolved)) return resolved.items;
    return this.#refuse(node, '"applications" is a list: each begins with a dash.');
  }

  *#members(map: YAMLMap): Generator<[name: string, value: { key: Node; node: Node | null }]> {
    for (const { key, value } of map.items as Pair<Node, Node | null>[]) {
      const name: unknown = this.#yaml.isScalar(key) ? key.value : undefined;
      yield [String(name), { key, node: this.#resolve(value) }];
    }
  }

  #resolve(node: Node | null): Node | null {
    if (!this.#yaml.isAlias(node)) return node;
    return node.resolve(this.#document) ?? this.#refuse(node, 'this name stands for nothing.');
  }

  #lineOf(node: Node | null): number {
    return this.#lines.linePos(node?.range?.[0] ?? 0).line;
  }

  #refuse(node: Node | null, problem: string): never {
    throw new InputError('file', `line ${this.#lineOf(node)}: ${problem}`);
  }
}

function readClientId(value: unknown, scribe: Scribe): string | undefined {
  const clientId = typeof value === 'string' ? parseId<ClientId>(value) : undefined;
  if (clientId === undefined)
    return 'a client_id has 32 characters, 0 to 9 and a to f (in quotes, if they are all digits).';
  scribe.clientId = clientId;
  return undefined;
}

function readMember(name: string, value: unknown, scribe: Scribe): string | undefined {
  const read = Object.hasOwn(MANIFEST_MEMBERS, name)
    ? MANIFEST_MEMBERS[name as keyof typeof MANIFEST_MEMBERS]
    : undefined;
  if (read !== undefined) return read(value, scribe);
  const known = ['client_id', ...Object.keys(MANIFEST_MEMBERS)].join(', ');
  return `"${name}" is no member of an application. There are: ${known}.`;
}
