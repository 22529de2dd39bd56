/** How each member is made. */
export type Makers<Ports> = { readonly [Name in keyof Ports]: () => Ports[Name] };

/**
 * Makes the ports of one environment after another. Each port is made when it is first asked for: of a thousand
 * environments most need three of sixteen. The members of all are the same, so that their ports have one shape: whoever
 * asks a thousand of them for the same port has its place looked up once.
 */
export function portsOnDemand<Ports extends object>(): (makers: Makers<Ports>) => Ports {
  let shape: (new (makers: Makers<Ports>) => object) | undefined;
  return (makers) => new (shape ??= shapeOf<Ports>(Object.keys(makers) as (keyof Ports)[]))(makers) as Ports;
}

function shapeOf<Ports extends object>(names: readonly (keyof Ports)[]) {
  class OnDemand {
    readonly #makers: Makers<Ports>;
    readonly #made: (Ports[keyof Ports] | undefined)[];

    constructor(makers: Makers<Ports>) {
      this.#makers = makers;
      this.#made = names.map(() => undefined);
    }

    portAt(index: number, name: keyof Ports): Ports[keyof Ports] {
      return (this.#made[index] ??= this.#makers[name]());
    }
  }
  for (const [index, name] of names.entries()) {
    Object.defineProperty(OnDemand.prototype, name, {
      get(this: OnDemand) {
        return this.portAt(index, name);
      },
      enumerable: true,
    });
  }
  return OnDemand;
}
