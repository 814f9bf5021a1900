import { fromHex } from '@epione/crypto'
import { LedgerError } from '@epione/protocol'
import { proveGrants, Refusal } from '@epione/protocol/verify'
import { findCompartment } from './directory-heads.ts'
import type { Consent, NetworkState } from '@epione/protocol'
import type { DirectoryHead } from './stored.ts'

const refuse = (sentence: string): LedgerError => new LedgerError('CONSENT_INVALID', sentence)

/** Rules of PROTOCOL §2 and §4 that a consent keeps besides its schema. */
export function checkConsent (consent: Consent, directory: DirectoryHead, { members, settings }: NetworkState, time: number): void {
  if (consent.notBefore >= consent.notAfter || consent.notAfter <= time) {
    throw refuse('Choose a period that ends after it begins, and not in the past.')
  }
  if (!members.some((m) => m.mspId === consent.grantee.mspId)) {
    throw refuse(`The grantee's organisation ${consent.grantee.mspId} is not a member.`)
  }
  const labels = consent.compartments.map((c) => c.label)
  if (new Set(labels).size !== labels.length) throw refuse('List each compartment once.')
  consent.compartments.forEach((c) => { findCompartment(directory, c) })
  checkShares(consent, members.map((m) => m.mspId), settings.shareMinimum)
}

/**
 * The kfrags are made from the newest directory, and their precursors by whoever signs the consent.
 * @throws {LedgerError} CONSENT_OUTDATED, CONSENT_INVALID
 */
export function checkPrecursors (consent: Consent, directory: DirectoryHead, networkId: string): void {
  const { directoryVersion } = consent
  if (directoryVersion !== directory.version) {
    const newest = String(directory.version)
    throw new LedgerError(
      'CONSENT_OUTDATED',
      `Make kfrags and consent from version ${newest} of the directory, the newest one; ${String(directoryVersion)} is not.`
    )
  }
  try {
    proveGrants({ consent, directory, networkId: fromHex(networkId) })
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
    throw new LedgerError('CONSENT_INVALID', `Make the kfrags anew and prove their precursors: ${error.why}.`, { cause: error })
  }
}

/** Every compartment is shared among the same organisations, one kfrag each, with a threshold above half of them. */
function checkShares ({ compartments, threshold }: Consent, members: readonly string[], shareMinimum: number): void {
  const proxies = proxiesOf(compartments[0])
  if (new Set(proxies).size !== proxies.length || proxies.some((p) => !members.includes(p))) {
    throw refuse('List member organisations as proxies, each once per compartment.')
  }
  if (compartments.some((c) => proxiesOf(c).join() !== proxies.join())) throw refuse('List the same proxies for every compartment.')
  const majority = Math.floor(proxies.length / 2) + 1
  if (proxies.length < shareMinimum) throw refuse(`List at least ${String(shareMinimum)} proxies.`)
  if (threshold < majority || threshold > proxies.length) {
    throw refuse(`Choose a threshold from ${String(majority)} to ${String(proxies.length)} for ${String(proxies.length)} proxies.`)
  }
  const kfragIds = compartments.flatMap((c) => c.shares.map((s) => s.kfragId))
  if (new Set(kfragIds).size !== kfragIds.length) throw refuse('Give every kfrag an id of its own.')
}

function proxiesOf (compartment: Consent['compartments'][number] | undefined): string[] {
  return (compartment?.shares ?? []).map((s) => s.mspId).sort()
}
