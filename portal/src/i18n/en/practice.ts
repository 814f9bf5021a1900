/** Practitioners with keys of their own at a workstation. */
export const words = {
  'practice.own': 'Own keys',
  'own.title': 'Who you are here',
  'own.keys': 'Own keys',
  'own.person': 'Person',
  'own.fingerprint': 'Read this fingerprint to a patient who wants to let you read: they compare it with what two hospitals show.',
  'own.bound': 'These keys are bound to you on the ledger.',
  'own.unbound': 'These keys are not bound to you yet. Until then nobody can let you read, and nothing of yours counts.',
  'own.bind': 'Bind the keys to me',
  'own.bind.confirm': 'Bind these keys to you?',
  'own.bind.means': 'Every hospital sees from now on that what these keys sign is yours. Your phrase alone brings them to another workstation.'
}
