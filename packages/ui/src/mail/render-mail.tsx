import type { CSSProperties, ReactNode } from 'react';
import { renderToStaticMarkup } from 'react-dom/server';
import type { Locale } from '../page.js';
import { cleanName } from '../text/hostile-text.js';
import { textIn, type Text } from '../text/text.js';

/** A message with a link that sets a password. */
export interface PasswordLinkMessage {
  readonly kind: 'reset' | 'invitation';
  readonly name: string;
  readonly username: string;
  readonly organization: string;
  readonly url: string;
}

export interface RenderedMail {
  readonly subject: string;
  readonly text: string;
  readonly html: string;
}

/** The same words twice: for programs that show text alone, and for those that show pages. */
export function renderMail(message: PasswordLinkMessage, locale: Locale): RenderedMail {
  const text = textIn(locale, 0);
  const words = wordsOf(message, text);
  return {
    subject: words.subject,
    text: [words.greeting, words.why, message.url, words.how, words.otherwise].join('\n\n') + '\n',
    html: `<!doctype html>${renderToStaticMarkup(<Document {...{ words, locale, url: message.url }} />)}`,
  };
}

interface Words {
  readonly subject: string;
  readonly greeting: string;
  readonly why: string;
  readonly button: string;
  readonly how: string;
  readonly otherwise: string;
}

function wordsOf({ kind, name, username, organization }: PasswordLinkMessage, { t }: Text): Words {
  const names = {
    name: cleanName(name, 100),
    username: cleanName(username, 256),
    organization: cleanName(organization, 100),
  };
  return {
    subject: t(`mail.${kind}.subject`, names),
    greeting: t('mail.greeting', names),
    why: t(`mail.${kind}.why`, names),
    button: t(`mail.${kind}.button`),
    how: t(`mail.${kind}.how`),
    otherwise: t(`mail.${kind}.otherwise`, names),
  };
}

/** Styles stand at the elements: mail programs read no stylesheet. No picture, nothing from anywhere. */
function Document(props: {
  readonly words: Words;
  readonly locale: Locale;
  readonly url: string;
}): ReactNode {
  const { words, locale, url } = props;
  return (
    <html lang={locale}>
      <head>
        <meta charSet="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <title>{words.subject}</title>
      </head>
      <body style={STYLE.body}>
        <div style={STYLE.card}>
          <p>{words.greeting}</p>
          <p>{words.why}</p>
          <p style={STYLE.buttonLine}>
            <a href={url} style={STYLE.button}>
              {words.button}
            </a>
          </p>
          <p>{words.how}</p>
          <p>{words.otherwise}</p>
        </div>
      </body>
    </html>
  );
}

const STYLE = {
  body: { margin: 0, padding: '24px', font: '16px/1.5 system-ui, sans-serif' },
  card: { maxWidth: '32rem', margin: '0 auto' },
  buttonLine: { margin: '24px 0' },
  button: {
    display: 'inline-block',
    padding: '12px 20px',
    borderRadius: '12px',
    background: '#0a6352',
    color: '#ffffff',
    fontWeight: 600,
    textDecoration: 'none',
  },
} as const satisfies Readonly<Record<string, CSSProperties>>;
