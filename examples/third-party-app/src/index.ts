export { startThirdPartyApp, type ThirdPartyApp, type ThirdPartyAppOptions } from './third-party-app.js';
