export type * from './page.js';
export { accentStylesheet } from './appearance/accent-stylesheet.js';
export { consentScript } from './consent-script.js';
export type { PasswordLinkMessage, RenderedMail } from './mail/render-mail.js';
export { renderMail } from './mail/render-mail.js';
export { renderPage } from './render-page.js';
export { stylesheet } from './stylesheet.js';
export { texts } from './text/catalogue.js';
export { pickLocale } from './text/pick-locale.js';
