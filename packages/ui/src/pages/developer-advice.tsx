import type { ReactNode } from 'react';
import { Received } from '../components/received.js';
import type { ErrorProblem, RedirectMismatch } from '../page.js';
import type { MessageKey } from '../text/catalogue.js';
import type { Text } from '../text/text.js';

/** Kinds that somebody who writes the application can repair. The others are between the person and us. */
const advised = {
  'client-id-missing': 'error.client-id-missing.developer',
  'client-id-malformed': 'error.client-id-malformed.developer',
  'client-unknown': 'error.client-unknown.developer',
  'redirect-uri-missing': 'error.redirect-uri-missing.developer',
  'redirect-uri-none-registered': 'error.redirect-uri-none-registered.developer',
  'redirect-uri-mismatch': 'error.redirect-uri-mismatch.developer',
  'parameter-repeated': 'error.parameter-repeated.developer',
} as const satisfies Partial<Record<ErrorProblem['kind'], MessageKey>>;

const isAdvised = (kind: ErrorProblem['kind']): kind is keyof typeof advised => kind in advised;

export function DeveloperAdvice(props: { readonly problem: ErrorProblem; readonly text: Text }): ReactNode {
  const { problem, text } = props;
  const details = detailsOf(problem, text);
  if (!isAdvised(problem.kind) && details === null) return null;
  return (
    <section className="developer" aria-labelledby="developer">
      <h2 id="developer">{text.t('error.developer')}</h2>
      {isAdvised(problem.kind) && <p>{text.t(advised[problem.kind])}</p>}
      {details}
    </section>
  );
}

function detailsOf(problem: ErrorProblem, text: Text): ReactNode {
  switch (problem.kind) {
    case 'redirect-uri-mismatch':
      return <Mismatch mismatch={problem.mismatch} text={text} />;
    case 'client-id-malformed':
    case 'client-unknown':
    case 'client-disabled':
      return <ReceivedBlock name="client_id" value={problem.received} text={text} />;
    default:
      return null;
  }
}

function Mismatch({
  mismatch,
  text,
}: {
  readonly mismatch: RedirectMismatch;
  readonly text: Text;
}): ReactNode {
  const { hint, position, received } = mismatch;
  return (
    <>
      <p>{text.t(`redirect.${hint}`)}</p>
      {position !== undefined && <p>{text.t('error.position', { position })}</p>}
      <ReceivedBlock name="redirect_uri" value={received} position={position} text={text} />
    </>
  );
}

function ReceivedBlock(props: {
  readonly name: string;
  readonly value: string;
  readonly position?: number | undefined;
  readonly text: Text;
}): ReactNode {
  const { name, value, position, text } = props;
  return (
    <dl className="received">
      <dt>
        {text.t('error.received')} <code>{name}</code>
      </dt>
      <dd>
        <code>
          <Received value={value} position={position} endMark={text.t('error.endsHere')} />
        </code>
      </dd>
    </dl>
  );
}
