import ipaddr from 'ipaddr.js';

type Address = ipaddr.IPv4 | ipaddr.IPv6;

/** A network that identity providers may have although it isn't public: an address and how many bits count. */
export type ProviderNetwork = readonly [Address, number];

/** What RFC 4291 §2.4 and IANA's register give to the public. Whatever lies outside is somebody's special purpose. */
const GLOBAL_UNICAST_V6: ProviderNetwork = [ipaddr.IPv6.parse('2000::'), 3];

/**
 * The setting's parts as networks; an address alone is a network of one. @throws RangeError that says which part
 * can't be taken
 */
export function parseProviderNetworks(parts: readonly string[]): readonly ProviderNetwork[] {
  return parts.map((part) => {
    if (ipaddr.isValidCIDR(part) && isWritten(part)) return ipaddr.parseCIDR(part);
    if (!ipaddr.isValid(part) || !isWritten(part)) {
      throw new RangeError(
        `"${part}" is no network; write an address or a CIDR, as 10.1.0.0/16 or fd00:1::/48.`,
      );
    }
    const address = ipaddr.parse(part);
    return [address, address.kind() === 'ipv4' ? 32 : 128];
  });
}

/** In four parts or with colons: `10.1` would mean 10.0.0.1, and its author 10.1.0.0/16. */
function isWritten(text: string): boolean {
  return text.includes(':') || ipaddr.IPv4.isValidFourPartDecimal(text.split('/', 1)[0] ?? '');
}

/**
 * Whether a server that an administrator names may be asked at this address: it is public, or the operator allows
 * its network. By what is public and not by what is private, so that a range that nobody thought of stays shut:
 * loopback, link-local (cloud metadata!), CGNAT, multicast, NAT64, 6to4, Teredo and IPv4 in IPv6 clothes among them.
 */
export function mayBeAsked(text: string, allowed: readonly ProviderNetwork[]): boolean {
  return isAllowed(text, allowed) || isPublic(text);
}

export function isAllowed(text: string, allowed: readonly ProviderNetwork[]): boolean {
  if (!ipaddr.isValid(text)) return false;
  const address = ipaddr.parse(text);
  return allowed.some((network) => isIn(address, network));
}

function isPublic(text: string): boolean {
  if (!ipaddr.isValid(text)) return false;
  const address = ipaddr.parse(text);
  return address.range() === 'unicast' && (address.kind() === 'ipv4' || isIn(address, GLOBAL_UNICAST_V6));
}

function isIn(address: Address, [network, bits]: ProviderNetwork): boolean {
  return address.kind() === network.kind() && address.match(network, bits);
}
