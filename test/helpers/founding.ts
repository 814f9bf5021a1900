import { adminKeyOf, fromHex, sha256, signAsAdmin, utf8 } from '@epione/crypto'
import { createNetworkDocument, hashOfDocument } from '@epione/protocol'
import type { NetworkDocument, SignedNetwork } from '@epione/protocol'

/** The secret of a hospital's admin: the same in every test. */
export function adminSecret (mspId: string): Uint8Array {
  return sha256(utf8(`admin of ${mspId}`))
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
