const BYTES = 32;

export interface Attempt {
  readonly state: string;
  readonly codeVerifier: string;
  readonly codeChallenge: string;
}

/** RFC 7636 §4.1 and §4.2, and a `state` of its own (RFC 6749 §10.12): as an application does it. */
export async function beginAttempt(): Promise<Attempt> {
  const codeVerifier = randomText();
  const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(codeVerifier));
  return { state: randomText(), codeVerifier, codeChallenge: base64Url(new Uint8Array(digest)) };
}

const randomText = (): string => base64Url(crypto.getRandomValues(new Uint8Array(BYTES)));

function base64Url(bytes: Uint8Array): string {
  const binary = Array.from(bytes, (byte) => String.fromCharCode(byte)).join('');
  return btoa(binary).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');
}
