/** The domain tags of every hash, key derivation and signature, so that none can be reused by accident. */
export const DOMAINS = {
  patientId: 'epione/patient',
  compartmentLabel: 'epione/label',
  fingerprint: 'epione/fingerprint',
  place: 'epione/place',
  wrapHash: 'epione/wrap',
  wrapCiphertext: 'epione/wrap-ciphertext',
  contentHash: 'epione/content',
  contentCommitment: 'commit',
  contentStream: 'stream',
  sealed: 'epione/sealed',
  kfragInTransit: 'epione/kfrag',
  precursor: 'epione/precursor',
  precursorNonce: 'epione/precursor-nonce',
  sharedPoint: 'epione/shared-point',
  opening: 'epione/opening',
  batch: 'epione/batch',
  batchWeight: 'epione/batch-weight',
  batchProof: 'epione/batch-proof',
  index: 'epione/index',
  indexEntry: 'epione/index-entry',
  formerSearchKey: 'epione/former-search-key',
  searchCache: 'epione/search-cache',
  namedRecord: 'epione/named-record',
  rollUp: 'epione/roll-up',
  certificate: 'epione/certificate',
  chain: 'epione/chain',
  chainHead: 'epione/chain-head',
  itemSalt: 'epione/item-salt',
  share: 'epione/share',
  shareHash: 'epione/share-hash',
  sealedShareHash: 'epione/sealed-share-hash',
  shareHandout: 'epione/share-handout',
  backup: 'epione/backup',
  backupHash: 'epione/backup-hash',
  backupHandout: 'epione/backup-handout',
  envelope: 'epione/envelope',
  envelopeHash: 'epione/envelope-hash',
  actingKeys: 'epione/acting-keys',
  exportedEvents: 'epione/exported-events'
} as const

/** What umbral-pre puts before the bytes of each of its hashes (reference: umbral-pre, hashing_ds.rs and keys.rs). */
export const UMBRAL_DOMAINS = {
  polynomialArgument: 'POLYNOMIAL_ARG',
  sharedSecret: 'SHARED_SECRET',
  capsulePoints: 'CAPSULE_POINTS',
  cfragVerification: 'CFRAG_VERIFICATION',
  keyDerivation: 'KEY_DERIVATION/'
} as const

/** Tag of a signed object of one type, followed by a zero byte and the network id: `epione/<type>/v1`. */
export function signatureDomain (type: string): string {
  return `epione/${type}/v1`
}
