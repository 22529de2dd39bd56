/** How each member is made. */
export type Makers<Ports> = { readonly [Name in keyof Ports]: () => Ports[Name] };

/** Each port is made when it is first asked for: of a thousand environments most need three of sixteen. */
export function portsOnDemand<Ports extends object>(makers: Makers<Ports>): Ports {
  const ports = {} as Ports;
  for (const name of Object.keys(makers) as (keyof Ports)[]) {
    const get = (): Ports[typeof name] => {
      const value = makers[name]();
      Object.defineProperty(ports, name, { value, enumerable: true });
      return value;
    };
    Object.defineProperty(ports, name, { get, enumerable: true, configurable: true });
  }
  return ports;
}
