import { expect, test } from 'vitest';
import { mapAttributes } from './attribute-mapping.js';
import { TRANSIENT } from './saml-names.js';

const CLAIMS = 'http://schemas.xmlsoap.org/ws/2005/05/identity/claims';

function mapped(entries: Readonly<Record<string, string>>, names = {}, format?: string) {
  const attributes = new Map(Object.entries(entries).map(([name, value]) => [name, [value]]));
  return mapAttributes({ subject: { nameId: 'ana@acme', format }, attributes }, names);
}

test.each([
  ['Entra', `${CLAIMS}/givenname`, `${CLAIMS}/surname`, `${CLAIMS}/emailaddress`],
  ['Okta', 'firstName', 'lastName', 'email'],
  ['universities', 'urn:oid:2.5.4.42', 'urn:oid:2.5.4.4', 'urn:oid:0.9.2342.19200300.100.1.3'],
])('the usual names of %s are known without settings', (...[, first, last, email]) => {
  expect(mapped({ [first]: 'Ana', [last]: 'Souza', [email]: 'ana@acme.example' })).toEqual({
    ...{ firstName: 'Ana', lastName: 'Souza', email: 'ana@acme.example', federationId: 'ana@acme' },
  });
});

test('a name that an administrator chose is the only one looked for', () => {
  const sent = { mail: 'ana@acme.example', vorname: 'Ana' };
  expect(mapped(sent, { email: 'primaryMail', firstName: 'vorname' })).toEqual({
    ...{ firstName: 'Ana', federationId: 'ana@acme' },
  });
  expect(mapped(sent, { federationId: 'employeeNumber' })).not.toHaveProperty('federationId');
});

test('a NameID that is another one each time is nobody’s federation ID', () => {
  expect(mapped({}, {}, TRANSIENT)).toEqual({});
  const objectId = 'http://schemas.microsoft.com/identity/claims/objectidentifier';
  expect(mapped({ [objectId]: 'f81d' }, {}, TRANSIENT)).toEqual({ federationId: 'f81d' });
});
