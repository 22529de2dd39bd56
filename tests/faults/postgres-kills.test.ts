import { describeKills } from './describe-kills.js';
import { postgresFaults } from './fault-driver.js';

describeKills(postgresFaults());
