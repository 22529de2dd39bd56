// The whole flow as a person's browser and an application go through it: authorization request, redirects, forms, code,
// exchange. Who brings no cookies signs in first, before anything is
// measured; after it nobody may ask for that.
import { Connection } from './connection.mjs';
import { onJob, Stopwatch } from './stopwatch.mjs';

const FORM = 'content-type: application/x-www-form-urlencoded\r\n';
const MOST_STEPS = 12;

onJob(async (job) => {
  const stopwatch = new Stopwatch();
  const browsers = [];
  // One after the other: password hashes are limited in how many run at once.
  for (let index = 0; index < job.connections; index += 1) {
    const connection = await Connection.open(job.ports[0]);
    const known = job.cookies[index];
    const browser = { job, connection, cookies: new Map(known), origin: `http://${job.host}`, signsIn: true };
    if (known === undefined) await walk(browser);
    browsers.push({ ...browser, signsIn: false });
  }
  const result = await stopwatch.run(
    browsers.map((browser) => play(browser, stopwatch)),
    job,
  );
  return { ...result, tokens: [], cookies: browsers.map(({ cookies }) => [...cookies]) };
});

async function play(browser, stopwatch) {
  while (!stopwatch.stopping) {
    const since = performance.now();
    await walk(browser);
    stopwatch.note({ since });
  }
  browser.connection.close();
}

async function walk(browser) {
  const { job, connection } = browser;
  const form = `${job.body}&grant_type=authorization_code&code=${await codeOf(browser)}&${job.exchange}`;
  const answer = await connection.ask(
    `POST ${job.tokenPath} HTTP/1.1\r\nhost: ${job.host}\r\n${FORM}content-length: ${form.length}\r\n\r\n${form}`,
  );
  const tokens = answer.status === 200 ? JSON.parse(answer.body) : {};
  if (typeof tokens.access_token !== 'string' || typeof tokens.refresh_token !== 'string') {
    throw new Error(`No tokens: ${answer.head}\n${answer.body}`);
  }
}

/** Follows redirects and sends forms until the answer goes to the application. */
async function codeOf(browser) {
  const { job } = browser;
  let answer = await send(browser, job.startPath);
  for (let step = 0; step < MOST_STEPS; step += 1) {
    if (answer.status === 200) {
      answer = await submit(browser, answer);
      continue;
    }
    const location = /\r\nlocation: (\S+)/i.exec(answer.head)?.[1];
    if (location === undefined) break;
    if (location.startsWith(job.redirectUri)) {
      const code = new URL(location).searchParams.get('code');
      if (code === null) break;
      return code;
    }
    const { pathname, search } = new URL(location, browser.origin);
    answer = await send(browser, pathname + search);
  }
  throw new Error(`No code came: ${answer.head}\n${answer.body}`);
}

/** The page's first form, with its hidden fields and whatever of a person's it asks for. */
function submit(browser, page) {
  const [, attributes = '', content = ''] = /<form\b([^>]*)>(.*?)<\/form>/s.exec(page.body) ?? [];
  const action = attributeOf(attributes, 'action');
  if (action === undefined) throw new Error(`A page without a form: ${page.head}\n${page.body}`);
  const fields = new URLSearchParams();
  for (const [input] of content.matchAll(/<(?:input|button)\b[^>]*>/g)) {
    const name = attributeOf(input, 'name');
    const value = attributeOf(input, 'value');
    if (name === 'username' || name === 'password') {
      if (!browser.signsIn) throw new Error(`Signed out: ${page.body}`);
      fields.set(name, browser.job[name]);
    } else if (name === 'decision') fields.set(name, 'allow');
    else if (name !== undefined && value !== undefined) fields.set(name, value);
  }
  return send(browser, action, fields.toString());
}

const attributeOf = (tag, name) => new RegExp(`\\s${name}="([^"]*)"`).exec(tag)?.[1].replaceAll('&amp;', '&');

async function send({ job, connection, cookies, origin }, path, form) {
  const cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join('; ');
  const head =
    `host: ${job.host}\r\n${cookie === '' ? '' : `cookie: ${cookie}\r\n`}` +
    `sec-fetch-site: ${form === undefined ? 'none' : 'same-origin'}\r\n`;
  const answer = await connection.ask(
    form === undefined
      ? `GET ${path} HTTP/1.1\r\n${head}\r\n`
      : `POST ${path} HTTP/1.1\r\n${head}origin: ${origin}\r\n${FORM}content-length: ${form.length}\r\n\r\n${form}`,
  );
  for (const [, name, value] of answer.head.matchAll(/\r\nset-cookie: ([^=]+)=([^;\r]*)/gi)) {
    if (value === '') cookies.delete(name);
    else cookies.set(name, value);
  }
  return answer;
}
