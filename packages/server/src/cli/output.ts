/** What a command prints: keys in snake_case, times in ISO 8601. One form for people and for programs. */
export type Row = Readonly<Record<string, Value>>;
type Value = string | number | boolean | null | readonly string[];

export type Result = Printed & {
  /** For scripts; 0 when left out. */
  readonly exitCode?: number;
  /** What is wrong although the command was done: said after the result, with exit code 1. */
  readonly failure?: string;
};

type Printed =
  | {
      readonly kind: 'record';
      readonly record: Row;
      /** The key of a value that can't be shown again. */
      readonly shownOnce?: string;
    }
  | {
      readonly kind: 'list';
      readonly rows: readonly Row[];
      /** The columns of the table for people; a program gets everything. */
      readonly columns: readonly string[];
      /** What people read in place of an empty table. */
      readonly empty: string;
    }
  /** The command has written it already, as it came. */
  | { readonly kind: 'written' }
  | {
      readonly kind: 'document';
      readonly json: object;
      /** As people read it. */
      readonly text: string;
    };

export function formatJson(result: Result): string {
  if (result.kind === 'written') return '';
  return `${JSON.stringify(contentOf(result), undefined, 2)}\n`;
}

function contentOf(result: Exclude<Result, { readonly kind: 'written' }>): unknown {
  if (result.kind === 'document') return result.json;
  return result.kind === 'record' ? result.record : result.rows;
}

export function formatForPeople(result: Result): string {
  if (result.kind === 'written') return '';
  if (result.kind === 'record') return formatRecord(result.record, result.shownOnce);
  if (result.kind === 'document') return result.text;
  return result.rows.length === 0 ? `${result.empty}\n` : formatTable(result.rows, result.columns);
}

export function isoTime(at: number): string;
export function isoTime(at: number | null): string | null;
export function isoTime(at: number | null): string | null {
  return at === null ? null : new Date(at).toISOString();
}

function formatRecord(record: Row, shownOnce: string | undefined): string {
  const entries = Object.entries(record);
  const width = Math.max(...entries.map(([key]) => key.length)) + 2;
  const lines = entries.flatMap(([key, value]) => {
    const [first = '-', ...rest] = Array.isArray(value) ? value.map(String) : [formatValue(value)];
    const note = key === shownOnce ? '   (shown once: keep it now)' : '';
    // A text of several lines, a key for example, is copied whole: it begins on a line of its own.
    if (first.includes('\n')) return [`${key}:${note}`, first.trimEnd()];
    return [
      `${`${key}:`.padEnd(width)}${first}${note}`,
      ...rest.map((more) => `${' '.repeat(width)}${more}`),
    ];
  });
  return `${lines.join('\n')}\n`;
}

function formatTable(rows: readonly Row[], columns: readonly string[]): string {
  const cells = [
    columns.map((column) => column.toUpperCase()),
    ...rows.map((row) => columns.map((column) => formatValue(row[column] ?? null))),
  ];
  const widths = columns.map((_, index) => Math.max(...cells.map((line) => lengthOf(line[index] ?? ''))));
  const lines = cells.map((line) =>
    line
      .map((cell, index) => cell + ' '.repeat((widths[index] ?? 0) - lengthOf(cell)))
      .join('  ')
      .trimEnd(),
  );
  return `${lines.join('\n')}\n`;
}

function formatValue(value: Value): string {
  if (value === null) return '-';
  if (typeof value === 'boolean') return value ? 'yes' : 'no';
  return Array.isArray(value) ? value.join(', ') : String(value);
}

/** Characters, not the halves that a string counts. */
function lengthOf(text: string): number {
  return Array.from(text).length;
}
