import type { Consent, CustodyConfirmation, Destruction } from '../index.ts'

/** A statement whose signatures were verified. */
export interface ProxyStatement {
  body: Pick<CustodyConfirmation | Destruction, 'mspId' | 'consentId' | 'kfragIds'>
  signers: readonly string[]
  /** When the ledger took it. */
  time: number
}

/**
 * Organisations whose own proxy signed that it holds, or destroyed, exactly the kfrags which the consent lists for it; each once.
 * What is shown beside that is somebody's invention and is left out: it must neither count nor keep the others from counting.
 */
export function provenHolders (
  consent: { id: string, body: Consent }, statements: readonly ProxyStatement[], keysOf: (mspId: string, time: number) => readonly string[]
): string[] {
  const own = statements.filter(({ body: { mspId, consentId, kfragIds }, signers, time }) =>
    consentId === consent.id && signers.length === 1 && keysOf(mspId, time).some((key) => signers.includes(key)) &&
    listOf(consent.body, mspId).join() === [...(kfragIds ?? [])].sort().join())
  return [...new Set(own.map(({ body }) => body.mspId))]
}

function listOf ({ compartments }: Consent, mspId: string): string[] {
  return compartments.flatMap((c) => c.shares.filter((s) => s.mspId === mspId).map((s) => s.kfragId)).sort()
}
