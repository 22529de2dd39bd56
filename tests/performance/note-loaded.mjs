// For NODE_OPTIONS: says on standard error, when the process ends, which CommonJS files were carried out.
// Some are in the cache that were only read for their exports' names.
import { createRequire } from 'node:module';

const { cache } = createRequire(import.meta.url);
const loaded = () => Object.keys(cache).filter((file) => cache[file]?.loaded);
process.on('exit', () => process.stderr.write(`${loaded().join('\n')}\n`));
