import { CryptoError, fromHex, Kfrag, kfragAssociatedData, openSealed, toHex } from '@epione/crypto'
import type { SecretKey } from '@epione/crypto'
import type { ListedShare, ProvenGrant, VerifiedConsent } from '@epione/protocol/verify'
import type { SealedKfrag } from '@epione/protocol/api'
import { GatewayError } from '../errors.ts'
import { judged } from '../judge.ts'
import type { HeldKfrag } from './kfrag-vault.ts'
import { toKeyBytes } from './reencryptor.ts'
import type { Reencryptor } from './reencryptor.ts'

/** Who is asked to hold kfrags. */
export interface Proxy { mspId: string, encryptionKey: SecretKey, reencryptor: Pick<Reencryptor, 'isKfragValid'> }

/**
 * Opens and checks the kfrags that a proxy is asked to hold: exactly those that the patient's consent lists for this
 * organisation, each sealed to this proxy for this consent, with the U1 and the proven precursor that the consent names, and signed by the
 * patient's kfrag-signing key for exactly the granted compartment and the grantee's key (PROTOCOL §2).
 * @throws {GatewayError} CUSTODY_NOT_LISTED, KFRAG_INVALID, STATEMENT_UNPROVEN
 */
export async function verifyCustody (consent: VerifiedConsent, sealed: readonly SealedKfrag[], proxy: Proxy): Promise<HeldKfrag[]> {
  const listed = consent.shares.filter((share) => share.mspId === proxy.mspId)
  requireSameIds(listed, sealed, proxy.mspId)
  const grants = judged(() => consent.proveGrants())
  return await Promise.all(listed.map(async (share) => {
    const received = sealed.find((s) => s.kfragId === share.kfragId)
    if (received === undefined) throw notListed(proxy.mspId)
    const grant = grants.find((g) => g.label === share.label && g.epoch === share.epoch)
    if (grant === undefined) throw notListed(proxy.mspId)
    return await openKfrag(consent.id, { share, grant }, received.sealed, proxy)
  }))
}

function requireSameIds (listed: readonly ListedShare[], sealed: readonly SealedKfrag[], mspId: string): void {
  const ids = new Set(sealed.map((s) => s.kfragId))
  if (listed.length === 0 || sealed.length !== listed.length || ids.size !== listed.length || !listed.every((s) => ids.has(s.kfragId))) {
    throw notListed(mspId)
  }
}

function notListed (mspId: string): GatewayError {
  return new GatewayError('CUSTODY_NOT_LISTED', `send exactly the kfrags that the consent lists for ${mspId}`)
}

async function openKfrag (
  consentId: string,
  { share, grant }: { share: ListedShare, grant: ProvenGrant },
  sealed: string,
  proxy: Proxy
): Promise<HeldKfrag> {
  try {
    const associated = kfragAssociatedData({ consentId, mspId: share.mspId, kfragId: share.kfragId })
    const bytes = openSealed(proxy.encryptionKey, fromHex(sealed), associated)
    const kfrag = Kfrag.fromBytes(bytes)
    if (toHex(kfrag.id) !== share.kfragId || toHex(kfrag.commitment) !== share.commitment || !grant.precursor.equals(kfrag.precursor)) {
      throw new GatewayError('KFRAG_INVALID', `kfrag ${share.kfragId} is not the one that the consent commits to`)
    }
    if (!await proxy.reencryptor.isKfragValid({ kfrag: bytes, keys: toKeyBytes(grant.keys) })) {
      throw new GatewayError('KFRAG_INVALID', `kfrag ${share.kfragId} is not signed by the patient for this compartment and grantee`)
    }
    return { kfragId: share.kfragId, label: share.label, epoch: share.epoch, bytes }
  } catch (error) {
    if (error instanceof CryptoError) throw new GatewayError('KFRAG_INVALID', `kfrag ${share.kfragId}: ${error.message}`, { cause: error })
    throw error
  }
}
