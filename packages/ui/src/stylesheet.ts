import { account } from './style/account.js';
import { base } from './style/base.js';
import { consent } from './style/consent.js';
import { controls } from './style/controls.js';
import { frame } from './style/frame.js';
import { preferences } from './style/preferences.js';
import { secondFactor } from './style/second-factor.js';
import { signIn } from './style/sign-in.js';
import { tokens } from './style/tokens.js';

/** The one stylesheet of all pages. Asks for nothing from anywhere: no fonts, no pictures. */
export const stylesheet = [
  tokens,
  base,
  frame,
  controls,
  signIn,
  secondFactor,
  consent,
  account,
  preferences,
].join('');
