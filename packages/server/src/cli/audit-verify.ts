import {
  BrokenChainError,
  InputError,
  sealAllAudit,
  verifyAudit,
  type AuditVerdict,
  type Environment,
  type KeyRing,
  type SealContext,
} from '@fluxo/core';
import { findKeyRing } from '../adapters/secret-keys.js';
import type { Invocation } from './command-line.js';
import { isoTime, type Result, type Row } from './output.js';
import { requireTenant, type Tool } from './tool.js';

/** Seals what waits, so that nothing is left out, and then reads all of it. */
export async function verify(
  tool: Tool,
  { args: [name], options }: Invocation<readonly string[], { readonly kept?: string }>,
): Promise<Result> {
  const { kept } = options;
  if (kept !== undefined && name === undefined) {
    throw new InputError('kept', 'A seal is one environment’s: name the environment too.');
  }
  const keyRing = requireKeys(tool);
  const maySeal = await isKnownKey(keyRing, tool);
  const rows: Row[] = [];
  for (const environment of await environmentsOf(name, tool)) {
    const context = {
      store: tool.storage.forEnvironment(environment.id).auditSeals,
      environmentId: environment.id,
    };
    if (maySeal) await sealWhatWaits({ ...context, essentials: { clock: tool.essentials.clock, keyRing } });
    const verdict = await verifyAudit({ ...context, keyRing, ...(kept === undefined ? {} : { kept }) });
    rows.push(verdictView(environment, verdict));
  }
  return toResult(rows, name);
}

/** Where the chain can't go on the reading says why. */
async function sealWhatWaits(context: SealContext): Promise<void> {
  try {
    await sealAllAudit(context);
  } catch (error) {
    if (!(error instanceof BrokenChainError)) throw error;
  }
}

/** The ring is only looked at: a key made now would prove nothing. @throws InputError */
function requireKeys({ config }: Tool): KeyRing {
  const keyRing = findKeyRing(config);
  if (keyRing !== undefined) return keyRing;
  throw new InputError('keys', 'The secret keys are not here, and only with them can the log be proven.');
}

/** A seal under a key that no server has would be nobody's later. */
async function isKnownKey(keyRing: KeyRing, { storage }: Tool): Promise<boolean> {
  const records = await storage.keys.list();
  return records.some(({ keyId, retiredAt }) => keyId === keyRing.signing.id && retiredAt === null);
}

async function environmentsOf(name: string | undefined, tool: Tool): Promise<readonly Environment[]> {
  if (name === undefined) return tool.storage.environments.list();
  return [(await requireTenant(name, tool)).environment];
}

function verdictView({ domain, lane }: Environment, verdict: AuditVerdict): Row {
  const { checked, unsealed, sealedUntil, seal, broken } = verdict;
  return {
    ...{ environment: `${domain}.${lane}`, intact: broken === null, checked, unsealed },
    ...{ sealed_until: isoTime(sealedUntil), seal, broken: broken?.kind ?? null },
    ...{ first_broken: broken?.text ?? null, event_id: broken?.eventId ?? null },
    seal_sequence: broken?.sequence ?? null,
  };
}

function toResult(rows: readonly Row[], name: string | undefined): Result {
  const broken = rows.filter(({ intact }) => intact === false).map(({ environment }) => String(environment));
  const failure =
    broken.length === 0
      ? {}
      : { failure: `The activity log of ${broken.join(', ')} is not as it was written.` };
  const [record] = rows;
  if (name !== undefined && record !== undefined) return { kind: 'record', record, ...failure };
  return {
    kind: 'list',
    rows,
    columns: ['environment', 'intact', 'checked', 'sealed_until', 'seal', 'first_broken'],
    empty: 'No environments yet.',
    ...failure,
  };
}
