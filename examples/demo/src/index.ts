export { DEMO_PASSWORD, DEMO_USERS } from './demo-data.js';
export { startDemo, type Demo, type DemoOptions } from './demo-server.js';
export { walkTheFlow } from './walk.js';
export {
  startDemoIdentityProvider,
  type DemoIdentityProvider,
} from './identity-provider/identity-provider.js';
export { responseXml, type ResponseParts } from './identity-provider/response-xml.js';
export {
  signOutRequestXml,
  signOutResponseXml,
  type SignOutRequestParts,
  type SignOutResponseParts,
} from './identity-provider/sign-out-xml.js';
export { signRedirect } from './identity-provider/sign-redirect.js';
export { signXml, type SigningOptions } from './identity-provider/sign-xml.js';
export { providerMetadata } from './identity-provider/provider-metadata-xml.js';
