/** Which check of a response failed. An administrator meets these names while setting up a provider. */
export type SamlCheck =
  | 'size'
  | 'encoding'
  | 'markup'
  | 'xml'
  | 'structure'
  | 'identifiers'
  | 'version'
  | 'status'
  | 'assertions'
  | 'encrypted'
  | 'signature-shape'
  | 'signature-algorithm'
  | 'signature'
  | 'issuer'
  | 'destination'
  | 'in-response-to'
  | 'subject'
  | 'confirmation'
  | 'recipient'
  | 'audience'
  | 'conditions'
  | 'time'
  | 'authentication';

export interface Evidence {
  readonly expected: string;
  readonly received: string;
}

const SHOWN_CHARACTERS = 200;

/** Ends the reading of a response. It never leaves the adapter: who asked gets a value. */
export class SamlRefusal extends Error {
  readonly check: SamlCheck;
  readonly evidence: Evidence;

  constructor(check: SamlCheck, { expected, received }: Evidence) {
    super(`${check}: expected ${expected}, received ${received}`);
    this.name = 'SamlRefusal';
    this.check = check;
    this.evidence = { expected, received: received.slice(0, SHOWN_CHARACTERS) };
  }
}

export function refuse(check: SamlCheck, expected: string, received: string): never {
  throw new SamlRefusal(check, { expected, received });
}
