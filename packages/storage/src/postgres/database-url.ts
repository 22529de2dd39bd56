export interface DatabaseHost {
  readonly host: string;
  readonly port: number;
}

const DEFAULT_PORT = 5432;

/** The hosts of `postgres://user:password@one:5432,two:5433/database`, in order. */
export function hostsOf(url: string): readonly DatabaseHost[] {
  const authority = url.replace(/^[a-z]+:\/\//i, '').split(/[/?]/)[0] ?? '';
  const names = authority.slice(authority.lastIndexOf('@') + 1).split(',');
  return names.map((name) => {
    const [, host = name, port] = /^(.*?)(?::(\d+))?$/.exec(name) ?? [];
    return { host: host.replace(/^\[|\]$/g, ''), port: port === undefined ? DEFAULT_PORT : Number(port) };
  });
}

/** For messages: where the database was looked for, without user and password. */
export function placesOf(url: string): string {
  return hostsOf(url)
    .map(({ host, port }) => `${host}:${port}`)
    .join(', ');
}
