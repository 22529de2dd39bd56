import type { Application } from '../applications/application.js';
import { differencesOf, type FieldDifference } from '../applications/application-document.js';
import type { ApplicationWrite } from '../applications/application-store.js';
import { checkApplication } from '../applications/check-application.js';
import { newSecret, type ApplicationAdministration } from '../applications/manage-applications.js';
import { InputError } from '../errors/oauth-error.js';
import { newOpaqueId } from '../essentials.js';
import type { ClientId } from '../ids.js';
import { isLinked, pairApplications, type ApplicationPair } from './pair-applications.js';
import type { Environment } from './environment.js';

/** One side of a comparison: an environment, and what managing its applications needs. */
export interface LaneSide {
  readonly environment: Environment;
  readonly administration: ApplicationAdministration;
}

export interface ComparedApplication {
  readonly application: Application;
  readonly counterpart: Application | undefined;
  readonly state: 'missing' | 'same' | 'different';
  readonly differences: readonly FieldDifference[];
}

/** For each application here, what there is of it there. Secrets and keys are no part of it: no two lanes share one. */
export async function compareApplications(
  here: LaneSide,
  there: LaneSide,
): Promise<readonly ComparedApplication[]> {
  return (await pairsOf(here, there)).map(compare);
}

export interface CopiedApplication {
  readonly clientId: ClientId;
  readonly targetClientId: ClientId;
  readonly name: string;
  /** Of an application that is new there and has a secret: shown once, never stored. */
  readonly clientSecret: string | undefined;
  readonly action: 'created' | 'updated' | 'unchanged';
}

/**
 * Makes the named applications of here be there as well, each in one transaction that is recorded there: a new one gets
 * an identifier and a secret of its own; of one that is there, all settings, redirect URLs and the logo become those of
 * here. Secrets and keys never cross. What was copied before a fault stays copied: the fault says of how many.
 * @throws InputError before anything is written when one of them isn't here
 */
export async function copyApplications(
  clientIds: readonly ClientId[],
  here: LaneSide,
  there: LaneSide,
): Promise<readonly CopiedApplication[]> {
  const pairs = await pairsOf(here, there);
  const wanted = [...new Set(clientIds)].map((clientId) => {
    const pair = pairs.find((candidate) => candidate.here.clientId === clientId);
    if (pair !== undefined) return pair;
    throw new InputError('clientIds', `No application ${clientId} in this environment.`);
  });
  // All are looked at before the first is written: a rule that one of them breaks stops them all.
  for (const pair of wanted) checkApplication(pair.here, there.administration.isOwnHost);
  const copied: CopiedApplication[] = [];
  for (const pair of wanted) copied.push(await copyOrTell(pair, { here, there, copied }));
  return copied;
}

/** @throws InputError that also says what was done before */
async function copyOrTell(
  pair: ApplicationPair,
  { here, there, copied }: Passage & { readonly copied: readonly CopiedApplication[] },
): Promise<CopiedApplication> {
  try {
    return await copyOne(pair, { here, there });
  } catch (error) {
    if (!(error instanceof InputError) || copied.length === 0) throw error;
    const done = copied.map(({ name }) => `"${name}"`).join(', ');
    error.message += ` Copied before, and staying so: ${done}.`;
    throw error;
  }
}

interface Passage {
  readonly here: LaneSide;
  readonly there: LaneSide;
}

async function copyOne(pair: ApplicationPair, passage: Passage): Promise<CopiedApplication> {
  const { here: source, there: counterpart } = pair;
  const { clientId, name } = source;
  if (counterpart === undefined) {
    const { write, clientSecret } = await newCopy(source, passage);
    await passage.there.administration.store.writeTogether([write]);
    return { clientId, targetClientId: write.application.clientId, name, clientSecret, action: 'created' };
  }
  const unchanged = compare(pair).state === 'same';
  if (!unchanged) {
    const write = await updatedCopy(source, counterpart, passage);
    await passage.there.administration.store.writeTogether([write]);
  }
  const action = unchanged ? 'unchanged' : 'updated';
  return { clientId, targetClientId: counterpart.clientId, name, clientSecret: undefined, action };
}

async function newCopy(
  source: Application,
  { here, there }: Passage,
): Promise<{ readonly write: ApplicationWrite; readonly clientSecret: string | undefined }> {
  const { essentials, environmentId } = there.administration;
  const now = essentials.clock.now(environmentId);
  const application: Application = {
    ...source,
    clientId: newOpaqueId<ClientId>(essentials.random),
    copiedFrom: source.clientId,
    createdAt: now,
    updatedAt: now,
  };
  const minted = source.kind === 'spa' ? undefined : newSecret(null, there.administration);
  const logo = await logoOf(source, here);
  const detail = `${source.name}, ${originOf(source, here)}`;
  return {
    write: { kind: 'register', application, secret: minted?.secret, logo, detail },
    clientSecret: minted?.text,
  };
}

async function updatedCopy(
  source: Application,
  counterpart: Application,
  { here, there }: Passage,
): Promise<ApplicationWrite> {
  const { essentials, environmentId } = there.administration;
  const application: Application = {
    ...source,
    clientId: counterpart.clientId,
    copiedFrom: isLinked(source, counterpart) ? counterpart.copiedFrom : source.clientId,
    createdAt: counterpart.createdAt,
    updatedAt: essentials.clock.now(environmentId),
  };
  const { updatedAt: since } = counterpart;
  const sameLogo = source.logoVersion === counterpart.logoVersion;
  const logo = sameLogo ? {} : { logo: await logoOf(source, here) };
  return { kind: 'update', application, since, ...logo, detail: originOf(source, here) };
}

const logoOf = ({ clientId, logoVersion }: Application, { administration }: LaneSide) =>
  logoVersion === null ? Promise.resolve(undefined) : administration.store.findLogo(clientId);

const originOf = ({ clientId }: Application, { environment }: LaneSide): string =>
  `copied from ${environment.domain}.${environment.lane} ${clientId}`;

async function pairsOf(here: LaneSide, there: LaneSide): Promise<readonly ApplicationPair[]> {
  const [ours, theirs] = await Promise.all([
    here.administration.store.list(),
    there.administration.store.list(),
  ]);
  return pairApplications(ours, theirs);
}

function compare({ here, there }: ApplicationPair): ComparedApplication {
  if (there === undefined) {
    return { application: here, counterpart: undefined, state: 'missing', differences: [] };
  }
  const differences = [...differencesOf(here, there), ...logoDifference(here, there)];
  const state = differences.length === 0 ? 'same' : 'different';
  return { application: here, counterpart: there, state, differences };
}

function logoDifference(here: Application, there: Application): readonly FieldDifference[] {
  const [ours, theirs] = [here.logoVersion, there.logoVersion];
  return ours === theirs ? [] : [{ field: 'logo', here: ours, there: theirs }];
}
