import type { Page, Person } from './identity-provider.js';
import { escapeXml } from './response-xml.js';

const TYPE = 'text/html; charset=utf-8';

export type Fields = Readonly<Record<string, string>>;

function page(title: string, body: string): string {
  return (
    `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>${escapeXml(title)}</title>` +
    '<meta name="viewport" content="width=device-width, initial-scale=1"><style>' +
    'body{font:1rem/1.5 system-ui,sans-serif;max-width:26rem;margin:4rem auto;padding:0 1rem}' +
    'button{font:inherit;padding:.5rem 1rem;margin:.25rem 0;width:100%}</style></head>' +
    `<body><main><h1>${escapeXml(title)}</h1>${body}</main></body></html>`
  );
}

function hidden(fields: Fields): string {
  return Object.entries(fields)
    .map(([name, value]) => `<input type="hidden" name="${escapeXml(name)}" value="${escapeXml(value)}">`)
    .join('');
}

/** One press is a sign-in: what a company asks of its people is not what the demo shows. */
export function peoplePage(people: readonly Person[], fields: Fields): Page {
  const buttons = people.map(
    ({ username, firstName, lastName }) =>
      `<button name="username" value="${escapeXml(username)}">${escapeXml(`${firstName} ${lastName}`)}</button>`,
  );
  const form = `<form method="post" action="/answer">${hidden(fields)}${buttons.join('')}</form>`;
  return { type: TYPE, body: page('Your company’s sign-in', `<p>Who are you?</p>${form}`) };
}

/** Posts itself; without script there is the button. */
export function postPage(action: string, fields: Fields): Page {
  const form = `<form method="post" action="${escapeXml(action)}">${hidden(fields)}<button>Continue</button></form>`;
  return { type: TYPE, body: page('Signed in', `${form}<script>document.forms[0].submit()</script>`) };
}

export function signedOutPage(): Page {
  return { type: TYPE, body: page('Signed out', '<p>You are signed out of your company’s sign-in.</p>') };
}

export function errorPage(problem: string): Page {
  return { type: TYPE, status: 400, body: page('That didn’t work', `<p>${escapeXml(problem)}</p>`) };
}
