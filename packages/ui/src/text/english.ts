/**
 * English, the language every other catalogue is measured against. ICU MessageFormat; a placeholder is
 * filled with text that was neutralised before, or with an element. The quotes of people are “these”,
 * because ICU gives the straight apostrophe a meaning.
 */
export const english = {
  'common.newTab': '(opens in a new tab)',
  'common.unnamed': '(no name)',
  'common.errorTitle': 'Error: {title}',
  'common.pageTitle': '{title} · {site}',
  'lane.badge': 'Test copy {lane}',
  'lane.strip': 'This is the test copy {lane} of {organization}, not production.',
  'time.utc': '{time} UTC',
  'time.allUtc': 'Dates and times are in UTC.',

  'signIn.title': 'Sign in',
  'signIn.titleTo': 'Sign in to {organization}',
  'signIn.for': 'to continue to {application}',
  'signIn.forAccount': 'to see your account',
  'signIn.username': 'Username',
  'signIn.continue': 'Continue',
  'signIn.passwordTitle': 'Enter your password',
  'signIn.password': 'Password',
  'signIn.submit': 'Sign in',
  'signIn.signingInAs': 'Signing in as',
  'signIn.change': 'Change',
  'signIn.changeLabel': 'Change username',
  'signIn.help': 'Trouble signing in? Ask the administrator of {organization}.',
  'signIn.problem.username-missing': 'Enter your username.',
  'signIn.problem.password-missing': 'Enter your password.',
  'signIn.problem.not-recognized': 'Username and password don’t match. Check both and try again.',
  'signIn.problem.throttled': 'Too many attempts. You can try again {when}, at {time}.',
  'signIn.problem.busy': 'Many people are signing in right now. Wait a few seconds and try again.',

  'consent.documentTitle': 'Allow {application}?',
  'consent.title': '{application} wants access to your account',
  'consent.by': 'by {developer}',
  'consent.byWithEmail': 'by {developer} ({email})',
  'consent.signedInAs': 'Signed in as',
  'consent.switch': 'Use another account',
  'consent.abilities': 'It will be able to',
  'ability.read': 'Retrieve content and information that you have access to',
  'ability.write': 'Create, edit, and delete records that you have access to',
  'consent.allow': 'Allow access',
  'consent.cancel': 'Cancel',
  'consent.afterwards': 'Afterwards you go to {host}',
  'consent.remembers': 'If you allow it, you may not be asked again.',
  'consent.takeBack': 'You can take access back at any time on {account}.',
  'consent.accountLink': 'your account page',
  'consent.privacy': 'Privacy',
  'consent.terms': 'Terms',
  'consent.about': 'About the application',
  'consent.links': 'About {application}',

  'account.title': 'Your account',
  'account.applications': 'Connected applications',
  'account.applicationsHelp': 'They may act for you until you disconnect them.',
  'account.noApplications': 'No application is connected',
  'account.noApplicationsHelp': 'When you allow an application to use your account, it appears here.',
  'account.connectedSince': 'Connected since {time}',
  'account.lastUsed': 'Last used {time}',
  'account.notUsed': 'Not used yet',
  'account.mayDo': 'What it may do',
  'account.disconnect': 'Disconnect',
  'account.disconnectLabel': 'Disconnect {application}',
  'account.sessions': 'Where you are signed in',
  'account.sessionsHelp': 'If you don’t recognize a session, end it.',
  'account.noSessions': 'No browser is signed in',
  'account.unknownDevice': 'Unknown browser',
  'account.thisBrowser': 'This browser',
  'account.signedIn': 'Signed in {time}',
  'account.endSession': 'End session',
  'account.endSessionLabel': 'End session: {device}, signed in {time}',
  'account.signOutEverywhere': 'Sign out everywhere',
  'account.signOutEverywhereHelp':
    'Ends all of these sessions, this browser too. Connected applications stay connected.',
  'account.signOut': 'Sign out',
  'account.notice.disconnected': '{application} is disconnected. It can no longer act for you.',
  'account.notice.session-ended': 'The session has ended.',

  'signedOut.title': 'You are signed out',
  'signedOut.text': 'On a shared computer, close the browser window as well.',
  'signedOut.signIn': 'Sign in again',

  'error.requestId': 'Request ID',
  'error.requestIdHelp': 'Quote it when you ask for help.',
  'error.developer': 'For the developer of the application',
  'error.received': 'Received',
  'error.endsHere': '(ends here)',
  'error.position': 'The first difference is at character {position}, marked here:',

  'error.client-id-missing.title': 'This link is incomplete',
  'error.client-id-missing.wrong': 'The application that sent you here did not say who it is.',
  'error.client-id-missing.todo': 'Go back to the application and try again, or tell the people who make it.',
  'error.client-id-missing.developer':
    'The parameter client_id is missing or empty. Send the ID of the application: 32 characters of 0–9 and a–f.',
  'error.client-id-malformed.title': 'Application not recognized',
  'error.client-id-malformed.wrong': 'The application that sent you here gave an ID that cannot be right.',
  'error.client-id-malformed.todo':
    'Go back to the application and try again, or tell the people who make it.',
  'error.client-id-malformed.developer':
    'client_id must be exactly 32 characters of 0–9 and a–f, in lower case, with nothing around them.',
  'error.client-unknown.title': 'Application not recognized',
  'error.client-unknown.wrong': 'No application with this ID is registered here.',
  'error.client-unknown.todo': 'Ask your administrator whether this application is still in use.',
  'error.client-unknown.developer':
    'Check that client_id is complete and that this is the organization where you registered the application. Each test copy has applications of its own.',
  'error.client-disabled.title': 'This application is switched off',
  'error.client-disabled.wrong': 'An administrator has disabled this application.',
  'error.client-disabled.todo': 'If you need it, ask your administrator to enable it again.',
  'error.redirect-uri-missing.title': 'This link is incomplete',
  'error.redirect-uri-missing.wrong': 'The application did not say where to send you afterwards.',
  'error.redirect-uri-missing.todo':
    'Go back to the application and try again, or tell the people who make it.',
  'error.redirect-uri-missing.developer':
    'The parameter redirect_uri may be left out only when exactly one redirect URL is registered. Here there are several: send one of them.',
  'error.redirect-uri-none-registered.title': 'The application is not ready yet',
  'error.redirect-uri-none-registered.wrong':
    'No address is registered to which you could be sent afterwards.',
  'error.redirect-uri-none-registered.todo': 'Ask your administrator to finish setting up the application.',
  'error.redirect-uri-none-registered.developer':
    'Register at least one redirect URL for the application, then start again.',
  'error.redirect-uri-mismatch.title': 'We stopped to protect your account',
  'error.redirect-uri-mismatch.wrong':
    'You would have been sent to an address that is not registered for this application.',
  'error.redirect-uri-mismatch.todo':
    'Tell the people who make the application; if a stranger gave you the link, don’t use it again.',
  'error.redirect-uri-mismatch.developer':
    'redirect_uri must equal a registered redirect URL, character for character.',
  'error.parameter-repeated.title': 'This link is not clear',
  'error.parameter-repeated.wrong': 'The application sent {parameter} more than once.',
  'error.parameter-repeated.todo':
    'Go back to the application and try again, or tell the people who make it.',
  'error.parameter-repeated.developer':
    'Each parameter may appear once at most (RFC 6749, section 3.1). Look for code that adds it twice.',
  'error.flow-expired.title': 'This took too long',
  'error.flow-expired.wrong': 'For your security, a sign-in has to be finished within a short time.',
  'error.flow-expired.todo': 'Go back to the application and start again.',
  'error.flow-not-yours.title': 'This sign-in cannot be continued here',
  'error.flow-not-yours.wrong': 'It is already finished, or it began in another browser or for another user.',
  'error.flow-not-yours.todo': 'Go back to the application and start again in this browser.',
  'error.request-refused.title': 'We did not do that',
  'error.request-refused.wrong': 'We could not make sure that it was you who sent this form.',
  'error.request-refused.todo': 'Go back, reload the page and try again.',
  'error.not-found.title': 'Page not found',
  'error.not-found.wrong': 'There is nothing at this address.',
  'error.not-found.todo': 'Check the address, letter by letter.',
  'error.method-not-allowed.title': 'This does not work here',
  'error.method-not-allowed.wrong': 'This address cannot be used in this way.',
  'error.method-not-allowed.todo': 'Go back to the page you came from and try again.',
  'error.bad-request.title': 'We could not read this request',
  'error.bad-request.wrong': 'Your browser sent something that we do not understand.',
  'error.bad-request.todo': 'Go back, reload the page and try again.',
  'error.unavailable.title': 'One moment, please',
  'error.unavailable.wrong': 'We cannot answer right now; nothing is lost.',
  'error.unavailable.todo': 'Wait a minute, then reload this page.',
  'error.internal.title': 'Something broke on our side',
  'error.internal.wrong': 'It is not your fault, and we have written it down.',
  'error.internal.todo': 'Try again; if it stays like this, send the request ID to your administrator.',

  'redirect.scheme':
    'The beginning is different. Most often http was sent where https is registered, or the other way round.',
  'redirect.host':
    'No registered redirect URL has this host. Check the spelling, subdomains, and whether www. belongs there.',
  'redirect.port':
    'The host is registered, but not with this port. Only 127.0.0.1 and [::1] may use any port; localhost may not.',
  'redirect.letter-case':
    'Only upper and lower case differ. Send the same letters in the same case as registered.',
  'redirect.trailing-slash':
    'Only the slash at the end differs. “/callback” and “/callback/” are two addresses: send the one that is registered, or register this one.',
  'redirect.path':
    'The host is registered, but not with this path. Check every part after the host, and that nothing is encoded twice.',
  'redirect.query':
    'The part from the question mark on is different. Send it as registered; what you want back belongs in state.',
  'redirect.fragment': 'A redirect URL cannot have a fragment. Remove the # and everything after it.',
  'redirect.not-a-url':
    'This is not a complete URL. Begin with https:// and percent-encode the whole value once.',
} as const;
