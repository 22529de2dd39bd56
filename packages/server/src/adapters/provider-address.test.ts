import { expect, test } from 'vitest';
import { isAllowed, mayBeAsked, parseProviderNetworks } from './provider-address.js';

test.each(['8.8.8.8', '1.1.1.1', '172.32.0.1', '192.169.0.1', '100.128.0.1', '2606:4700::1', '2a00:1450::1'])(
  '%s is public and may be asked',
  (address) => expect(mayBeAsked(address, [])).toBe(true),
);

test.each([
  ...['0.0.0.0', '0.1.2.3', '10.0.0.1', '100.64.0.1', '100.127.255.255', '127.0.0.1', '127.255.255.254'],
  ...['169.254.169.254', '172.16.0.1', '172.31.255.255', '192.0.0.1', '192.0.2.1', '192.88.99.1'],
  ...['192.168.0.1', '198.18.0.1', '198.19.255.255', '198.51.100.1', '203.0.113.1', '224.0.0.1'],
  ...['239.255.255.255', '240.0.0.1', '255.255.255.255'],
  ...['::', '::1', '::7f00:1', '::8.8.8.8', '::ffff:127.0.0.1', '::ffff:8.8.8.8', '::ffff:0:8.8.8.8'],
  ...['64:ff9b::7f00:1', '64:ff9b:1::1', '100::1', '2001::1', '2001:2::1', '2001:10::1', '2001:db8::1'],
  ...['2002:7f00:1::', '3fff::1', '4000::1', '5f00::1', 'fc00::1', 'fd00:ec2::254', 'fe80::1'],
  ...['fe80::1%lo', 'fec0::1', 'ff02::1', 'localhost', ''],
])('%s is not public and may not be asked', (address) => expect(mayBeAsked(address, [])).toBe(false));

test('the operator allows networks and single addresses, and nothing beside them', () => {
  const allowed = parseProviderNetworks(['10.1.0.0/16', '192.168.7.7', 'fd00:1::/48', '::1']);
  for (const address of ['10.1.0.1', '10.1.255.254', '192.168.7.7', 'fd00:1:0:5::9', '::1', '8.8.8.8']) {
    expect(mayBeAsked(address, allowed)).toBe(true);
  }
  for (const address of ['10.2.0.1', '192.168.7.8', 'fd00:2::1', '::2', '127.0.0.1', '::ffff:10.1.0.1']) {
    expect(mayBeAsked(address, allowed)).toBe(false);
  }
  expect(isAllowed('8.8.8.8', allowed)).toBe(false);
});

test.each(['10.1/16', '10', '0x7f.1', '10.0.0.0/33', 'fd00::/129', 'idp.example.com', 'intranet', ' ', '*'])(
  '"%s" is refused as a network, with what to write',
  (part) => expect(() => parseProviderNetworks([part])).toThrow(/is no network; write an address or a CIDR/),
);
