import type { Application } from '../applications/application.js';

export interface ApplicationPair {
  readonly here: Application;
  readonly there: Application | undefined;
}

/**
 * Which application of another lane is the same as one of here. A copy knows its origin, whichever of the two lanes it
 * came from. Of the others, one of the same name and kind, where both are the only ones of that name: what can't be
 * told apart is never taken for the same, or one would be overwritten with what was meant for another.
 */
export function pairApplications(
  here: readonly Application[],
  there: readonly Application[],
): readonly ApplicationPair[] {
  const linked = new Map<Application, Application>();
  const taken = new Set<Application>();
  for (const application of here) {
    const counterpart = there.find((other) => !taken.has(other) && isLinked(application, other));
    if (counterpart === undefined) continue;
    linked.set(application, counterpart);
    taken.add(counterpart);
  }
  const unlinkedHere = here.filter((application) => !linked.has(application));
  const unlinkedThere = there.filter((application) => !taken.has(application));
  return here.map((application) => ({
    here: application,
    there: linked.get(application) ?? onlyNamesake(application, unlinkedHere, unlinkedThere),
  }));
}

/** Whether one is the other's copy, or both are copies of the same third one. */
export function isLinked(here: Application, there: Application): boolean {
  // A kind can't be changed, so what is of another kind can't be made the same.
  if (here.kind !== there.kind) return false;
  const origins = [here.copiedFrom ?? here.clientId, there.copiedFrom ?? there.clientId];
  return (
    origins[0] === origins[1] || here.copiedFrom === there.clientId || there.copiedFrom === here.clientId
  );
}

function onlyNamesake(
  application: Application,
  here: readonly Application[],
  there: readonly Application[],
): Application | undefined {
  const isNamesake = ({ name, kind }: Application): boolean =>
    name === application.name && kind === application.kind;
  const [ours, theirs] = [here.filter(isNamesake), there.filter(isNamesake)];
  return ours.length === 1 && ours[0] === application && theirs.length === 1 ? theirs[0] : undefined;
}
