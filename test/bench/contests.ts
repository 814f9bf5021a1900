import * as epione from '@epione/crypto'
import * as umbral from '@nucypher/umbral-pre'
import type { Contest } from './measure.ts'

const BATCH = 16
const PLAINTEXT = epione.randomBytes(1024)
const [THRESHOLD, SHARES] = [2, 3]

type PublicKeys = [signing: umbral.PublicKey, delegating: umbral.PublicKey, receiving: umbral.PublicKey]

function first<T> (values: readonly T[]): T {
  const [value] = values
  if (value === undefined) throw new TypeError('at least one was made')
  return value
}

/** Each operation of ours beside the same one of umbral-pre, on objects that both have parsed before unless it says otherwise. */
export function proxyContests (): Record<
  | 'reencryptOneThread'
  | 'reencryptBatch16'
  | 'cfragVerify'
  | 'kfragGeneration'
  | 'openM2', Contest> {
  const secrets = { delegating: epione.SecretKey.random(), receiving: epione.SecretKey.random(), signing: epione.SecretKey.random() }
  const keys = {
    delegatingKey: secrets.delegating.publicKey(),
    receivingKey: secrets.receiving.publicKey(),
    signingKey: secrets.signing.publicKey()
  }
  const request = {
    delegatingKey: secrets.delegating,
    receivingKey: keys.receivingKey,
    signingKey: secrets.signing,
    threshold: THRESHOLD,
    shares: SHARES
  }
  const kfrags = epione.generateKfrags(request)
  const { capsule, keySeed } = epione.encapsulate(keys.delegatingKey, epione.UNPLACED)
  const ciphertext = epione.encryptDem(keySeed, PLAINTEXT, capsule)
  const capsules = Array.from({ length: BATCH }, () => epione.encapsulate(keys.delegatingKey, epione.UNPLACED).capsule)
  const cfrags = kfrags.slice(0, THRESHOLD).map((kfrag) => epione.reencrypt(capsule, kfrag))
  const cfragBytes = first(cfrags).toBytes()

  const peer = (key: epione.SecretKey): umbral.SecretKey => umbral.SecretKey.fromBEBytes(epione.exportSecret(key))
  const theirs = {
    delegating: peer(secrets.delegating),
    receiving: peer(secrets.receiving),
    signer: new umbral.Signer(peer(secrets.signing))
  }
  const publicKeys: PublicKeys = [theirs.signer.verifyingKey(), theirs.delegating.publicKey(), theirs.receiving.publicKey()]
  const theirCapsule = umbral.Capsule.fromBytes(capsule.toUmbralBytes())
  const theirKfrag = umbral.KeyFrag.fromBytes(first(kfrags).toBytes()).verify(...publicKeys)
  const theirCfragBytes = first(cfrags).toUmbralBytes()
  const theirCfrags = cfrags.map((cfrag) => umbral.CapsuleFrag.fromBytes(cfrag.toUmbralBytes()).verify(theirCapsule, ...publicKeys))
  /* Objects of WASM memory are freed by hand; the time of it is not theirs. */
  const theirReencryption = (): void => { umbral.reencrypt(theirCapsule, theirKfrag).free() }

  return {
    reencryptOneThread: { ours: () => epione.reencrypt(capsule, first(kfrags)), theirs: theirReencryption },
    reencryptBatch16: { ours: () => epione.reencryptBatch(capsules, first(kfrags)), theirs: theirReencryption, perCall: BATCH },
    cfragVerify: {
      ours: () => epione.verifyCfrag(epione.Cfrag.fromBytes(cfragBytes), capsule, keys),
      theirs: () => { umbral.CapsuleFrag.fromBytes(theirCfragBytes).verify(theirCapsule, ...publicKeys).free() }
    },
    kfragGeneration: {
      ours: () => epione.generateKfrags(request),
      theirs: () => {
        for (const kfrag of umbral.generateKFrags(
          theirs.delegating,
          publicKeys[2],
          theirs.signer,
          THRESHOLD,
          SHARES,
          true,
          true
        )) kfrag.free()
      }
    },
    openM2: {
      ours: () =>
        epione.decryptDem(epione.decapsulateReencrypted(secrets.receiving, keys.delegatingKey, capsule, cfrags), ciphertext, capsule),
      theirs: () => umbral.decryptReencrypted(theirs.receiving, publicKeys[1], theirCapsule, theirCfrags, ciphertext)
    }
  }
}
