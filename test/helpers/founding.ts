import { createECDH, createPrivateKey } from 'node:crypto'
import { adminKeyOf, fromHex, randomBytes, sha256, signAsAdmin, toHex, utf8 } from '@epione/crypto'
import type { SignedStatement } from '@epione/crypto'
import { createNetworkDocument, hashOfDocument } from '@epione/protocol'
import type { NetworkDocument, SignedNetwork } from '@epione/protocol'

/** The secret of a hospital's admin: the same in every test. */
export function adminSecret (mspId: string): Uint8Array {
  return sha256(utf8(`admin of ${mspId}`))
}

/** The same as a key file (PKCS #8 in PEM), as Fabric's tools write it. */
export function adminKeyPem (secret: Uint8Array): string {
  const pair = createECDH('prime256v1')
  pair.setPrivateKey(secret)
  const point = pair.getPublicKey()
  const [x, y, d] = [point.subarray(1, 33), point.subarray(33), Buffer.from(secret)].map((part) => part.toString('base64url')) as [string, string, string]
  return createPrivateKey({ format: 'jwk', key: { kty: 'EC', crv: 'P-256', x, y, d } }).export({ type: 'pkcs8', format: 'pem' }).toString()
}

/** A document of hospitals whose admins' keys are those of `adminSecret`; the first is the core hospital. */
export function documentOf (
  networkId: string,
  mspIds: readonly string[],
  settings: Partial<NetworkDocument['settings']> = {}
): NetworkDocument {
  return createNetworkDocument({
    networkId,
    name: 'memory',
    inForceFrom: 1,
    members: mspIds.map((mspId, i) =>
      ({
        mspId,
        id: mspId.slice(0, -3).toLowerCase(),
        name: mspId,
        kind: i === 0 ? 'core' : 'regional',
        adminKeys: [adminKeyOf(adminSecret(mspId))]
      })),
    settings: { shareMinimum: 3, ...settings },
    auditors: []
  })
}

/** The document with the founders' signatures: those of all members, unless others are named. */
export function signFounding (
  document: NetworkDocument,
  secrets = document.members.map(({ mspId }) => adminSecret(mspId)),
  networkId = document.networkId
): SignedNetwork {
  const body = { type: 'Founding', version: document.version, documentHash: hashOfDocument(document) }
  const signed = secrets.map((secret) => signAsAdmin(body, fromHex(networkId), secret))
  return {
    document,
    founding: { body: signed[0]?.body ?? '', signatures: signed.flatMap(({ signatures }) => signatures.map((s) => ({ ...s }))) }
  }
}

/** The document of the next version: in force an hour from now, unless it is changed otherwise. */
export function nextDocument (before: NetworkDocument, change: Partial<NetworkDocument> = {}): NetworkDocument {
  return { ...before, version: before.version + 1, inForceFrom: Date.now() + 3_600_000, ...change }
}

/** What an admin signs of a document besides its founding; `change` replaces members of the body. */
function signBounded (type: string, of: object, { networkId }: NetworkDocument, secret: Uint8Array, change: object): SignedStatement {
  const now = Date.now()
  const body = { type, nonce: toHex(randomBytes(16)), issuedAt: now, submitBefore: now + 60_000, ...of, ...change }
  return signAsAdmin(body, fromHex(networkId), secret)
}

export function signProposal (document: NetworkDocument, secret = adminSecret('CoreMSP'), change: object = {}): SignedStatement {
  return signBounded('NetworkProposal', { document }, document, secret, change)
}

export function signApproval (document: NetworkDocument, secret: Uint8Array, change: object = {}): SignedStatement {
  return signBounded('NetworkApproval', { version: document.version, documentHash: hashOfDocument(document) }, document, secret, change)
}
