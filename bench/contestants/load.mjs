// The load, in a process of its own: connections that are kept, each with one request at a time, each answer checked.
// A refresh presents what the last answer gave; that is why no generator of constant requests will do.
import { connect } from 'node:net';

process.once('message', (job) => run(job).then((result) => process.send(result)));

async function run(job) {
  const latencies = [];
  const state = { answered: 0, total: 0, measuring: false, stopping: false, latencies };
  const chains = Array.from({ length: job.connections }, (_, index) =>
    job.tokens.filter((_token, position) => position % job.connections === index),
  );
  const ended = chains.map((chain) => play(job, chain, state));
  const failed = Promise.all(ended);
  await Promise.race([failed, pause(job.warmupSeconds)]);
  state.measuring = true;
  const begun = performance.now();
  await Promise.race([failed, pause(job.seconds)]);
  const seconds = (performance.now() - begun) / 1000;
  const { answered } = state;
  state.stopping = true;
  await failed;
  latencies.sort((a, b) => a - b);
  const quantile = (part) => latencies[Math.floor(latencies.length * part)] ?? 0;
  return {
    rate: answered / seconds,
    answered,
    total: state.total,
    p50: quantile(0.5),
    p99: quantile(0.99),
    tokens: chains.flat(),
  };
}

const pause = (seconds) => new Promise((resolve) => setTimeout(resolve, seconds * 1000));

/** One connection; its tokens take turns. Rejects at the first answer that isn't the promised one. */
function play(job, chain, state) {
  return new Promise((resolve, reject) => {
    const socket = connect(job.port, '127.0.0.1');
    socket.setNoDelay();
    let position = 0;
    let received = '';
    let sentAt = 0;
    const send = () => {
      if (state.stopping) {
        socket.destroy();
        resolve();
        return;
      }
      sentAt = performance.now();
      socket.write(requestOf(job, chain[position] ?? ''));
    };
    socket.setEncoding('latin1');
    socket.on('connect', send);
    socket.on('error', reject);
    socket.on('close', () => (state.stopping ? resolve() : reject(new Error('The server hung up.'))));
    socket.on('data', (text) => {
      received += text;
      const body = bodyOf(received);
      if (body === undefined) return;
      const problem = check(job, chain, position, received, body);
      if (problem !== undefined) {
        reject(new Error(`${problem}: ${received}`));
        socket.destroy();
        return;
      }
      received = '';
      state.total += 1;
      position = chain.length === 0 ? 0 : (position + 1) % chain.length;
      if (state.measuring && !state.stopping) {
        state.answered += 1;
        state.latencies.push(performance.now() - sentAt);
      }
      send();
    });
  });
}

function requestOf({ method, path, host, headers, body, sendsToken }, token) {
  if (method === 'GET') return `GET ${path} HTTP/1.1\r\nhost: ${host}\r\n${headers}\r\n`;
  const content = sendsToken ? `${body}&grant_type=refresh_token&refresh_token=${token}` : body;
  return (
    `POST ${path} HTTP/1.1\r\nhost: ${host}\r\n${headers}` +
    `content-type: application/x-www-form-urlencoded\r\ncontent-length: ${content.length}\r\n\r\n${content}`
  );
}

/** Undefined until the whole answer is there. */
function bodyOf(received) {
  const head = received.indexOf('\r\n\r\n');
  if (head < 0) return undefined;
  const length = /\r\ncontent-length: (\d+)/i.exec(received)?.[1];
  if (length === undefined) return received.endsWith('0\r\n\r\n') ? received.slice(head + 4) : undefined;
  return received.length >= head + 4 + Number(length) ? received.slice(head + 4) : undefined;
}

function check({ expects, sendsToken, rotates, answersTokens }, chain, position, received, body) {
  if (!received.startsWith('HTTP/1.1 200 ')) return 'Not 200';
  if (expects !== undefined && !body.includes(expects)) return `No ${expects}`;
  if (!answersTokens) return undefined;
  const answer = JSON.parse(body);
  if (typeof answer.access_token !== 'string' || typeof answer.refresh_token !== 'string') return 'No tokens';
  if (!sendsToken || chain.length === 0) return undefined;
  const differs = answer.refresh_token !== chain[position];
  if (differs !== rotates) return rotates ? 'Not rotated' : 'Rotated';
  chain[position] = answer.refresh_token;
  return undefined;
}
