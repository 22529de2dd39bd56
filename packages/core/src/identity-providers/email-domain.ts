/** What a domain name has none of; a URL would take them for something else. */
const NO_PART_OF_A_NAME = /[\s/\\:?#@[\]%]/;

/** A domain name in lower case and ASCII, as mail and certificates write it; undefined for what is none. */
export function asciiDomain(text: string): string | undefined {
  if (text === '' || NO_PART_OF_A_NAME.test(text)) return undefined;
  const url = `http://${text}`;
  return URL.canParse(url) ? new URL(url).hostname : undefined;
}

/** The domain of an e-mail address; undefined for what is no address. */
export function emailDomainOf(text: string): string | undefined {
  const address = text.trim();
  const at = address.lastIndexOf('@');
  return at < 1 ? undefined : asciiDomain(address.slice(at + 1));
}
