/** What happened since the last time. */
export const words = {
  'notices.title': 'What is new',
  'notices.lead': 'What happened since you last looked, and what happens now: two hospitals tell it, and what one hides is said.',
  'notices.none': 'Nothing new. What happens now appears here.',
  'notices.seen': 'I have seen these',
  'notices.group': '{joined, plural, =0 {Nobody joined} one {One person joined} other {# people joined}}, {left, plural, =0 {nobody left} one {one person left} other {# people left}} this department.',
  'notices.group.consents': 'You gave this department a consent: its members read by it.',
  'notices.change.granted': 'A consent was given',
  'notices.change.revoked': 'A consent was revoked',
  'notices.change.expired': 'A consent ran out',
  'notices.change.forbidden': 'Something was forbidden',
  'notices.change.allowed': 'A prohibition ended',
  'notices.change.frozen': 'Everything was frozen',
  'notices.change.unfrozen': 'The freeze ended',
  'notices.change.succeeded': 'Your records were handed over to other keys'
}
