import { expect, it } from 'vitest';
import { portsOnDemand } from './ports-on-demand.js';

interface Ports {
  readonly users: { readonly of: string };
  readonly grants: { readonly of: string };
}

function counting() {
  const made: string[] = [];
  const makers = (of: string) => ({
    users: () => (made.push(`users of ${of}`), { of }),
    grants: () => (made.push(`grants of ${of}`), { of }),
  });
  return { made, makers };
}

it('a port is made when it is asked for, once, and for its own environment', () => {
  const { made, makers } = counting();
  const bind = portsOnDemand<Ports>();
  const [here, there] = [bind(makers('here')), bind(makers('there'))];
  expect(made).toEqual([]);
  expect([there.grants.of, here.grants.of]).toEqual(['there', 'here']);
  expect(here.grants).toBe(here.grants);
  expect(made).toEqual(['grants of there', 'grants of here']);
});

it('whoever goes through the names meets each port, and nothing else', () => {
  const { makers } = counting();
  const names: string[] = [];
  for (const name in portsOnDemand<Ports>()(makers('here'))) names.push(name);
  expect(names).toEqual(['users', 'grants']);
});
