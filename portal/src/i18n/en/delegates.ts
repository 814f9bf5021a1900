/** Limited keys, where the patient names and ends them. */
export const words = {
  'delegates.title': 'Limited keys',
  'delegates.lead': 'For pages that a hospital serves, or a device that must not hold your phrase: such a key sees who looked, ends consents and freezes, until a date. It opens and grants nothing.',
  'delegates.new': 'Name a limited key',
  'delegates.how': 'Open the pages of your hospital, choose “Make a limited key” and enter your patient number there. Then enter the key that they show here.',
  'delegates.key': 'Key',
  'delegates.key.hint': '66 digits and letters, as the other page shows them.',
  'delegates.do': 'Name the key',
  'delegates.confirm': 'Let whoever has this key do this for you?',
  'delegates.means': 'It sees who looked and to whom you gave consent, ends your consents and freezes, as far as it is allowed to. It reads and grants nothing.',
  'delegates.compare': 'The other page must show this very fingerprint.',
  'delegates.all': 'Your limited keys',
  'delegates.none': 'You named none.',
  'delegates.since': 'Since',
  'delegates.end': 'End the key',
  'delegates.end.confirm': 'End this key?'
}
