import { contractEssentials, SettableClock } from '../contract/contract-house.js';
import { runRaceWorker } from '../contract/race-worker.js';
import { openPostgres } from './open-postgres.js';

const [url = ''] = process.argv.slice(2);
const essentials = contractEssentials(new SettableClock());
runRaceWorker(await openPostgres({ url, role: 'server', essentials }));
