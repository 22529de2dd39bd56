// The one build: what `npm ci` ends with, and what `npm start` repeats when a source is newer.
import { existsSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { noteInstalled, root, runNode } from './install.mjs';

const stamp = join(root, 'node_modules', '.fluxo-built');

function newestSource(folder) {
  let newest = 0;
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    if (entry.name === 'dist' || entry.name === 'node_modules') continue;
    const path = join(folder, entry.name);
    newest = Math.max(newest, entry.isDirectory() ? newestSource(path) : statSync(path).mtimeMs);
  }
  return newest;
}

/** Vite bundles in seconds what most changes don't touch: only when a source of the console, or of what it draws with, is newer. */
function buildConsole() {
  const page = join(root, 'packages/console/dist/app/index.html');
  const sources = ['packages/console', 'packages/ui'].map((folder) => newestSource(join(root, folder)));
  const newestInput = Math.max(...sources, statSync(join(root, 'package-lock.json')).mtimeMs);
  if (existsSync(page) && statSync(page).mtimeMs > newestInput) return;
  runNode('node_modules/vite/bin/vite.js', [
    'build',
    'packages/console',
    '--logLevel',
    'warn',
    '--emptyOutDir',
  ]);
}

/** Most of what a command of the command line waits for is that 260 files are found and read. */
async function bundleKysely() {
  const { build } = await import('esbuild');
  await build({
    entryPoints: [join(root, 'packages/storage/src/kysely.ts')],
    outfile: join(root, 'packages/storage/dist/kysely.js'),
    bundle: true,
    format: 'esm',
    platform: 'node',
    target: 'node20',
    legalComments: 'inline',
    logLevel: 'warning',
  });
}

const newest = Math.max(
  ...['packages', 'examples'].map((folder) => newestSource(join(root, folder))),
  statSync(join(root, 'tsconfig.base.json')).mtimeMs,
);
const built = existsSync(stamp) ? statSync(stamp).mtimeMs : 0;
const complete = ['packages/server/dist/main.js', 'packages/console/dist/app/index.html'].every((path) =>
  existsSync(join(root, path)),
);

// `npm ci --omit=dev` has no compiler; what was built before, or copied from where it was, runs as it is.
const canBuild = existsSync(join(root, 'node_modules/typescript/bin/tsc'));

if (!complete && !canBuild) {
  process.stderr.write(
    'Nothing is built yet: run npm ci once without --omit=dev, then npm prune --omit=dev.\n',
  );
  process.exit(1);
}
if (canBuild && (!complete || newest >= built)) {
  runNode('node_modules/typescript/bin/tsc', ['-b']);
  await bundleKysely();
  buildConsole();
  writeFileSync(stamp, '');
}

if (process.env.npm_lifecycle_event === 'prepare') noteInstalled();
