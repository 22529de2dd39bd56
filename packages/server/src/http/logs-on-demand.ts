import type { FastifyBaseLogger } from 'fastify';

type Given = Parameters<FastifyBaseLogger['child']>;
type Child = (this: FastifyBaseLogger, ...given: Given) => FastifyBaseLogger;
type Method = Exclude<keyof FastifyBaseLogger, 'level' | 'child'>;

/**
 * Each request has a logger, which most never use: it is made when a request has something to say.
 * @param log the application's, whose children the requests' are
 */
export function makeChildrenOnDemand(log: FastifyBaseLogger): void {
  // eslint-disable-next-line @typescript-eslint/unbound-method -- called as a method of whoever is asked for a child
  const child: Child = log.child;
  // Children inherit it: theirs are made as before.
  log.child = function ofRequests(this: FastifyBaseLogger, ...given) {
    return this === log ? new LogOnDemand(log, child, given) : child.apply(this, given);
  };
}

class LogOnDemand implements FastifyBaseLogger {
  readonly #parent: FastifyBaseLogger;
  readonly #child: Child;
  readonly #given: Given;
  #made: FastifyBaseLogger | undefined;

  constructor(parent: FastifyBaseLogger, child: Child, given: Given) {
    this.#parent = parent;
    this.#child = child;
    this.#given = given;
  }

  get level(): string {
    return this.#made?.level ?? this.#given[1]?.level ?? this.#parent.level;
  }

  set level(level: string) {
    this.#log.level = level;
  }

  get child(): FastifyBaseLogger['child'] {
    return this.#log.child.bind(this.#log);
  }

  get fatal(): FastifyBaseLogger['fatal'] {
    return this.#method('fatal');
  }

  get error(): FastifyBaseLogger['error'] {
    return this.#method('error');
  }

  get warn(): FastifyBaseLogger['warn'] {
    return this.#method('warn');
  }

  get info(): FastifyBaseLogger['info'] {
    return this.#method('info');
  }

  get debug(): FastifyBaseLogger['debug'] {
    return this.#method('debug');
  }

  get trace(): FastifyBaseLogger['trace'] {
    return this.#method('trace');
  }

  get silent(): FastifyBaseLogger['silent'] {
    return this.#method('silent');
  }

  get #log(): FastifyBaseLogger {
    return (this.#made ??= this.#child.apply(this.#parent, this.#given));
  }

  #method<Name extends Method>(name: Name): FastifyBaseLogger[Name] {
    return this.#log[name].bind(this.#log);
  }
}
