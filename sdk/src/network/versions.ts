import { compareDocuments, hashOfDocument, policyDiff } from '@epione/protocol'
import type { NetworkDocument, NetworkVersion, PolicyDiff } from '@epione/protocol'
import { requireSameDocument, verifyAmendment } from '@epione/protocol/verify'
import type { ClientContext } from '../context/context.ts'
import { judged } from '../context/judge.ts'
import { orNotFound } from '../gateways/gateways.ts'
import { readNetworkDocument, requireFounding } from '../keys/network.ts'
import type { ShownProposal } from './governance.ts'
import { readPolicy, readPolicyInForce } from './policies.ts'

/** Of a new document these always differ, or are told of by themselves. */
const TOLD_APART = ['version', 'inForceFrom', 'policyHash']

/** What a document changes of the one before, and who gains and who loses what by its policy. */
export interface DocumentChange extends PolicyDiff { changed: Array<{ what: string, before: string, after: string }> }

/** A version of the network document, proven, and what it changed; the first changed nothing. */
export interface ShownVersion { version: number, documentHash: string, policyHash: string, inForceFrom: number, change?: DocumentChange }

/** What comes with a proposal: the same judgement for the command and the pages. */
export async function describeProposal (context: ClientContext, { document }: Pick<ShownProposal, 'document'>): Promise<DocumentChange> {
  const inForce = await readNetworkDocument(context)
  const [{ policy }, next] = [await readPolicyInForce(context), await readPolicy(context, document.policyHash)]
  return { changed: changesOf(inForce, document), ...policyDiff(policy, next) }
}

/**
 * Every version of the network document, oldest first, each proven by the one before, from the founding to the one in force and those
 * that are approved for later, with what each changed. @throws {ClientError} NETWORK_MISMATCH
 */
export async function listNetworkVersions (context: ClientContext): Promise<ShownVersion[]> {
  const { own } = context.gateways
  const inForce = await readNetworkDocument(context)
  const judge = <T>(verify: () => T): T => judged({ kind: 'gateway', mspId: own.info.mspId }, verify)
  const ask = async (version: number): Promise<NetworkVersion> => (await own.getNetworkVersion(version)).signed
  const founding = await ask(1)
  let document = judge(() => requireFounding(founding, inForce.networkId))
  const shown = [describe(document)]
  for (;;) {
    // Those to come are asked for until there is none; those up to the one in force must be there.
    if (document.version === inForce.version) judge(() => { requireSameDocument(inForce, document) })
    const [before, asked] = [document, ask(document.version + 1)]
    const signed = await (before.version < inForce.version ? asked : orNotFound(asked))
    if (signed === undefined) return shown
    document = judge(() => verifyAmendment(before, signed))
    const policies = [await readPolicy(context, before.policyHash), await readPolicy(context, document.policyHash)] as const
    shown.push({ ...describe(document), change: { changed: changesOf(before, document), ...policyDiff(...policies) } })
  }
}

function describe (document: NetworkDocument): ShownVersion {
  const { version, policyHash, inForceFrom } = document
  return { version, documentHash: hashOfDocument(document), policyHash, inForceFrom }
}

function changesOf (before: NetworkDocument, after: NetworkDocument): DocumentChange['changed'] {
  return compareDocuments(before, after).filter(({ what }) => !TOLD_APART.includes(what))
    .map(({ what, expected, found }) => ({ what, before: expected, after: found }))
}
