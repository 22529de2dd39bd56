import { contractEssentials, SettableClock } from '../contract/contract-house.js';
import { runRaceWorker } from '../contract/race-worker.js';
import { openSqlite } from './open-sqlite.js';

const [folder = '', role = ''] = process.argv.slice(2);
if (role !== 'server' && role !== 'tool') throw new Error(`"${role}" is not a role.`);
runRaceWorker(await openSqlite({ folder, role, essentials: contractEssentials(new SettableClock()) }));
