import { readFileSync } from 'node:fs';
import { InputError } from '@fluxo/core';
import type { ProviderNetwork } from '../adapters/provider-address.js';
import { createSafeFetch, ProviderUnreachable } from '../adapters/safe-fetch.js';
import { settingsOfMetadata, type SettingsOfMetadata } from '../adapters/saml/settings-of-metadata.js';

/** @param source a file, or an https address @throws InputError */
export async function readSamlMetadata(
  source: string,
  { networks, now }: { readonly networks: readonly ProviderNetwork[]; readonly now: number },
): Promise<SettingsOfMetadata> {
  const text = /^https?:\/\//i.test(source) ? await fetchText(source, networks) : readText(source);
  return settingsOfMetadata(text, now);
}

async function fetchText(url: string, networks: readonly ProviderNetwork[]): Promise<string> {
  try {
    const answer = await createSafeFetch({ allowed: networks })(url);
    if (answer.status === 200) return await answer.text();
    throw new InputError('metadata', `The metadata can’t be read: the address answered ${answer.status}.`);
  } catch (error) {
    if (!(error instanceof ProviderUnreachable)) throw error;
    throw new InputError('metadata', `The metadata can’t be read: ${error.message}.`);
  }
}

function readText(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new InputError('metadata', `The metadata can’t be read: ${reason}.`);
  }
}
