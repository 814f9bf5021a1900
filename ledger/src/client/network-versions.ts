import { requireNetwork, verifyAmendment } from '@epione/protocol/verify'
import type { NetworkDocument, NetworkVersion } from '@epione/protocol'
import type { LedgerClient } from './ledger-client.ts'

/** A version of the network document, proven, with what was signed of it. */
export interface ProvenVersion { document: NetworkDocument, signed: NetworkVersion }

/**
 * Every version of the network document from the trusted one up to the newest that is approved, each proven by the one before. The
 * trusted one is that of the own network file, whatever else the ledger shows. `known` were read before and are not read again.
 * @throws {Refusal} by what the ledger shows
 */
export async function readNetworkVersions (
  ledger: Pick<LedgerClient, 'getNetwork' | 'getNetworkDocument'>,
  trusted: NetworkDocument,
  known: readonly ProvenVersion[] = []
): Promise<ProvenVersion[]> {
  const { version, next } = await ledger.getNetwork()
  const newest = next?.version ?? version
  const versions = [...known]
  if (versions.length === 0) {
    // An older ledger has no such version: the one that it has is shown, and refused.
    const signed = await ledger.getNetworkDocument(Math.min(trusted.version, newest))
    versions.push({ document: requireNetwork(trusted, signed), signed })
  }
  for (let before = versions.at(-1); before !== undefined && before.document.version < newest; before = versions.at(-1)) {
    const signed = await ledger.getNetworkDocument(before.document.version + 1)
    versions.push({ document: verifyAmendment(before.document, signed), signed })
  }
  return versions
}
