/** Of the styles that Mantine writes at run time: the policy allows those alone that carry it. */
export function styleNonce(): string {
  const meta = document.querySelector<HTMLMetaElement>('meta[property="csp-nonce"]');
  // Browsers hide the attribute from scripts that read the page, and give it to those that ask for the property.
  return meta?.nonce ?? '';
}
