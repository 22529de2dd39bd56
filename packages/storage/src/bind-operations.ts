import type { Operation } from './operation.js';

/** How a driver carries operations out. */
export interface OperationRunner {
  read<T>(operation: () => Operation<T>): Promise<T>;
  write<T>(operation: () => Operation<T>): Promise<T>;
}

type Operations = Readonly<Record<string, (...args: never[]) => Operation<unknown>>>;

type Bound<O extends Operations> = {
  readonly [Name in keyof O]: O[Name] extends (...args: infer Args) => Operation<infer Result>
    ? (...args: Args) => Promise<Result>
    : never;
};

/** Operations become the methods of a port: each call is one transaction of the driver. */
export function bindOperations<Reads extends Operations, Writes extends Operations>(
  runner: OperationRunner,
  operations: { readonly reads: Reads; readonly writes: Writes },
): Bound<Reads> & Bound<Writes> {
  const bind = (group: Operations, run: OperationRunner['read']): object =>
    Object.fromEntries(
      Object.entries(group).map(([name, operation]) => [
        name,
        (...args: never[]) => run(() => operation(...args)),
      ]),
    );
  const read: OperationRunner['read'] = (operation) => runner.read(operation);
  const write: OperationRunner['write'] = (operation) => runner.write(operation);
  return { ...bind(operations.reads, read), ...bind(operations.writes, write) } as Bound<Reads> &
    Bound<Writes>;
}
