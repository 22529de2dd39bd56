import { DOCUMENT_FIELDS, toDocument, type DocumentValue, type PlannedApplication } from '@fluxo/core';

/** What is done, or would be, as people read a diff: what goes, and what comes. */
export function describePlan(
  plan: readonly PlannedApplication[],
  { isDry }: { readonly isDry: boolean },
): string {
  const counts = { create: 0, update: 0, unchanged: 0 };
  for (const { action } of plan) counts[action] += 1;
  if (counts.create + counts.update === 0)
    return `Nothing to change: ${counts.unchanged} as the file says.\n`;
  const done = isDry
    ? `${counts.create} to register, ${counts.update} to change, ${counts.unchanged} as the file says. Nothing was written.`
    : `${counts.create} registered, ${counts.update} changed, ${counts.unchanged} as the file says.`;
  return [...plan.flatMap((planned) => describe(planned, isDry)), done, ''].join('\n');
}

function describe(planned: PlannedApplication, isDry: boolean): readonly string[] {
  const { action, application, differences, clientSecret } = planned;
  const { name, clientId } = application;
  if (action === 'unchanged') return [];
  if (action === 'update') {
    const lines = differences.flatMap(({ field, here, there }) => [
      `-   ${field}: ${shown(there)}`,
      `+   ${field}: ${shown(here)}`,
    ]);
    return [`~ "${name}" (${clientId})`, ...lines, ''];
  }
  const document = toDocument(application);
  const lines = DOCUMENT_FIELDS.map(([, field]) => field)
    .filter((field) => field !== 'name' && document[field] !== null)
    .map((field) => `+   ${field}: ${shown(document[field])}`);
  if (isDry) return [`+ "${name}"`, ...lines, ''];
  const secret =
    clientSecret === undefined ? [] : [`    client_secret: ${clientSecret}   (shown once: keep it now)`];
  return [`+ "${name}" (${clientId})`, ...lines, ...secret, ''];
}

function shown(value: DocumentValue): string {
  return value === null ? 'none' : JSON.stringify(value);
}
