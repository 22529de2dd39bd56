import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { format, resolveConfig } from 'prettier';
import { missing, TOOLCHAINS } from './external-walks.js';
import { interopPage, type Result } from './interop-page.js';
import { NODE_WALKS } from './node-walks.js';
import { Playground } from './playground.js';
import type { Walk } from './walk.js';

/** Every client in every way against a real server; what came of it goes into docs/interop.md. `npm run interop` */
const root = join(import.meta.dirname, '../..');
const page = join(root, 'docs/interop.md');

function nodeVersion(name: string): string {
  const description = readFileSync(join(root, 'node_modules', name, 'package.json'), 'utf8');
  return (JSON.parse(description) as { readonly version: string }).version;
}

function say(text: string): void {
  process.stdout.write(`${text}\n`);
}

const results: Result[] = [];

async function run(playground: Playground, walk: Walk, version: string): Promise<void> {
  const { client, application, family, how } = walk;
  const title = `${client} ${version}: ${application}, ${family} endpoints, ${how}`;
  try {
    await playground.walk(walk);
    results.push({ walk, version, outcome: 'works' });
    say(`ok      ${title}`);
  } catch (error) {
    results.push({ walk, version, outcome: 'fails' });
    say(`FAILED  ${title}\n${error instanceof Error ? (error.stack ?? error.message) : String(error)}`);
  }
}

async function runAll(playground: Playground): Promise<void> {
  for (const walk of NODE_WALKS) await run(playground, walk, nodeVersion(walk.client));
  for (const toolchain of TOOLCHAINS) {
    const absent = missing(toolchain);
    if (absent === undefined) {
      const version = toolchain.version();
      for (const walk of toolchain.walks) await run(playground, walk, version);
      continue;
    }
    for (const walk of toolchain.walks) results.push({ walk, version: '', outcome: 'not run' });
    say(`not run ${toolchain.walks[0]?.client ?? ''}: ${absent} isn’t there`);
  }
}

const playground = await Playground.open();
try {
  await runAll(playground);
} finally {
  await playground.close();
}
const options = { ...(await resolveConfig(page)), parser: 'markdown' };
writeFileSync(page, await format(interopPage(results), options));

const count = (outcome: Result['outcome']): number =>
  results.filter((result) => result.outcome === outcome).length;
say(`${count('works')} work, ${count('fails')} fail, ${count('not run')} not run. See docs/interop.md.`);
process.exitCode = count('fails') === 0 ? 0 : 1;
