import { applications } from './brazilian-portuguese/applications.js';
import { common } from './brazilian-portuguese/common.js';
import type { Messages } from './english.js';

/** A message that English has and this has not doesn't compile. */
export const brazilianPortuguese: Messages = { ...common, ...applications };
