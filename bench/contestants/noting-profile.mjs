// For NODE_OPTIONS: samples the process from its fifth second on, and writes what was seen when it ends.
import { writeFileSync } from 'node:fs';
import { Session } from 'node:inspector';

const INTERVAL_MICROSECONDS = 200;
const WARMED_UP_MS = 4_000;

const session = new Session();
session.connect();
session.post('Profiler.enable');
session.post('Profiler.setSamplingInterval', { interval: INTERVAL_MICROSECONDS });
setTimeout(() => session.post('Profiler.start'), WARMED_UP_MS).unref();
process.on('exit', () => {
  session.post('Profiler.stop', (_error, answer) => {
    if (answer !== undefined) writeFileSync(process.env.FLUXO_BENCH_PROFILE, JSON.stringify(answer.profile));
  });
});
