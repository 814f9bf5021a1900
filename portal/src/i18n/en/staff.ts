/** Staff of a hospital, and practitioners who hold keys of their own. */
export const words = {
  'staff.title': 'Your place at the hospital',
  'staff.nothing': 'What you may do there has no page here.',
  'staff.new': 'Make your keys on this workstation',
  'staff.new.lead': 'Records are opened and written with keys of your own, from a phrase of 24 words that nobody else has, your hospital included.',
  'staff.restore': 'Bring your keys to this workstation',
  'staff.restore.lead': 'If you have your phrase from another workstation or from the command.',
  'staff.audit': 'Access log',
  'staff.audit.lead': 'Who asked for what, with proofs, questions, charts and files that anybody verifies.',
  'staff.network': 'The network',
  'staff.network.lead': 'Health of each hospital, certificates, anchoring, and the policies that members propose.',
  'staff.desk': 'Records of patients',
  'staff.desk.lead': 'With your keys on this workstation: patients who let you read, search, write, emergencies.'
}
