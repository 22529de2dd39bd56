import ipaddr from 'ipaddr.js';

/**
 * The network that an address belongs to, for throttling: whoever has one address of a /24 (IPv4) or a
 * /56 (IPv6) easily has the others. An IPv4 address in IPv6 clothes is the IPv4 address.
 */
export function networkOf(address: string): string {
  if (!ipaddr.isValid(address)) return 'unknown';
  const parsed = ipaddr.process(address);
  const [bits, width] = parsed.kind() === 'ipv4' ? [24, 4] : [56, 16];
  const bytes = parsed.toByteArray().map((byte, index) => (index < bits / 8 ? byte : 0));
  return `${ipaddr.fromByteArray(bytes.slice(0, width)).toString()}/${bits}`;
}
