/** Secrets, keys and connections of an application. */
export const applicationParts = {
  'secret.title': 'Client secret',
  'secret.help':
    'This is the only time that it is shown: Fluxo keeps a digest of it and nothing else. Store it where your application reads it.',
  'secret.stored': 'I have stored it',

  'secrets.title': 'Client secrets',
  'secrets.lead':
    'All of them work. To replace one: add another, move your application over, see that the old one is used no more, delete it.',
  'secrets.secret': 'Ends in',
  'secrets.note': 'Note',
  'secrets.noteHelp': 'Where this one will be used, for example “production”.',
  'secrets.add': 'Add a secret',
  'secrets.created': 'Created',
  'secrets.deleted': 'Deleted',
  'secrets.none': 'No secret. Without one the application can’t prove who it is.',
  'secrets.deleteOne': 'Delete the secret that ends in {characters}',
  'secrets.deleteTitle': 'Delete this secret?',
  'secrets.deleteHelp':
    'Whoever still sends the secret that ends in {characters} is refused at once. People stay connected; a secret can’t be brought back.',
  'secrets.deletedDone': 'The secret was deleted.',

  'keys.title': 'Keys',
  'keys.lead': 'The machine signs with the private half; Fluxo has the public one alone.',
  'keys.none': 'No key yet. Add one, and the machine can get its first session.',
  'keys.key': 'Key',
  'keys.unnamed': 'Key',
  'keys.actsFor': 'Acts for',
  'keys.add': 'Add a key',
  'keys.added': 'The key was added.',
  'keys.generate': 'Generate a pair',
  'keys.paste': 'Paste a public key',
  'keys.publicKey': 'Public key',
  'keys.publicKeyHelp': 'PEM, a certificate, or a JWK. Never the private one.',
  'keys.missing': 'Paste the public key.',
  'keys.algorithm': 'Algorithm',
  'keys.actsForYou':
    'Whatever signs with this key acts for you, with your rights, for as long as your account is enabled.',
  'keys.privateKey': 'Private key',
  'keys.privateKeyHelp':
    'This is the only time that it is shown; Fluxo has not kept it. Give it to the machine, and to nobody else.',
  'keys.deleteOne': 'Delete the key {fingerprint}…',
  'keys.deleteTitle': 'Delete this key?',
  'keys.deleteHelp':
    'What it signs is refused at once. Sessions that it got end by themselves within hours; to end them now, disconnect everybody.',
  'keys.deletedDone': 'The key was deleted.',

  'people.title': 'People connected',
  'people.lead':
    'Who allowed this application to act for them. Each can also end it on their own account page.',
  'people.none': 'Nobody is connected.',
  'people.person': 'Person',
  'people.since': 'Since',
  'people.disconnect': 'Disconnect',
  'people.disconnectOne': 'Disconnect {person}',
  'people.disconnectTitle': 'Disconnect {person}?',
  'people.disconnectHelp': '{name} can’t act for {person} any more, at once. They can connect again.',
  'people.disconnected': '{person} is disconnected.',
  'people.disconnectAll': 'Disconnect everybody',
  'people.disconnectAllTitle': 'Disconnect everybody?',
  'people.disconnectAllHelp':
    '{name} loses the access that {count, plural, one {# person} other {# people}} gave it, at once. They can connect again.',
  'people.disconnectedAll': '{count, plural, one {# person} other {# people}} disconnected.',
} as const;
