import { describeKills } from './describe-kills.js';
import { sqliteFaults } from './fault-driver.js';

describeKills(sqliteFaults);
