/** Signing in at a hospital. */
export const words = {
  'session.title': 'Sign in at your hospital',
  'session.lead': 'Your hospital knows its staff. Its own page opens in another tab and asks for your name and password; this page never sees them.',
  'session.where': 'Type your password only if the address bar of that tab begins with',
  'session.do': 'Sign in at {hospital}',
  'session.waiting': 'Waiting for you to sign in in the other tab…',
  'session.certificate': 'If your browser says that it does not know that page, your hospital’s certificate is not installed on this machine: ask its administration before you type anything.',
  'session.returning': 'One moment: the other tab takes over.',
  'session.done': 'You are signed in',
  'session.done.lead': 'Close this tab, and go on in the one that you came from.',
  'session.nobody': 'Nothing here waits for this sign-in',
  'session.nobody.lead': 'The tab that began it was closed or locked, or somebody sent you this address. Nobody was signed in. Close this tab, and begin again in Epione.',
  'session.failed': 'You were not signed in',
  'session.failed.lead': 'Close this tab, and begin again in the one that you came from.',
  'session.who': 'Who is signed in',
  'session.as': 'Signed in as {who} at {hospital}',
  'session.until': 'until {time}',
  'session.out': 'Sign out',
  'session.wrongDuty': 'Your duties do not include this page',
  'session.wrongDuty.lead': 'Your hospital signed you in, but not with what this page needs. Sign in as somebody else, or ask its administration.'
}
