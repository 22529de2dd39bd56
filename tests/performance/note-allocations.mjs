// For NODE_OPTIONS: at one SIGUSR2 begins to sample what is allocated on JavaScript's heap, at the next one says how many
// bytes that were. Without the optimizing compiler, which leaves some out, and when is for the machine to decide.
import { Session } from 'node:inspector/promises';
import { setFlagsFromString } from 'node:v8';

const EVERY_BYTES = 512;
const SAMPLING = {
  samplingInterval: EVERY_BYTES,
  includeObjectsCollectedByMinorGC: true,
  includeObjectsCollectedByMajorGC: true,
};

setFlagsFromString('--no-opt');
const session = new Session();
let sampling = false;

const sizeOf = ({ selfSize, children }) => children.reduce((sum, child) => sum + sizeOf(child), selfSize);

async function next() {
  if (!sampling) {
    session.connect();
    await session.post('HeapProfiler.startSampling', SAMPLING);
    process.stderr.write('sampling\n');
  } else {
    const { profile } = await session.post('HeapProfiler.stopSampling');
    session.disconnect();
    process.stderr.write(`allocated ${sizeOf(profile.head)}\n`);
  }
  sampling = !sampling;
}

process.on('SIGUSR2', next);
