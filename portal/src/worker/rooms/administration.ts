import type { HospitalState } from '@epione/protocol/api'
import {
  approveNetwork, ClientError, describeProposal, listConvicted, listNetworkProposals, listNetworkVersions, readHealth, readHospitalState
} from '@epione/sdk'
import type { ConvictedProxy, DocumentChange, HospitalHealth, ShownProposal, ShownVersion } from '@epione/sdk'
import { readAdminKey } from '../admin-key.ts'
import type { Desk } from '../desk.ts'
import type { Proposal } from '../proposal.ts'

/** How the own hospital's part of the network is, by its gateway. */
export async function readState (desk: Desk): Promise<HospitalState> {
  return await readHospitalState(await desk.token())
}

/** Whether each hospital's gateway can do its work, each asked by itself. */
export async function readHospitals (desk: Desk): Promise<HospitalHealth[]> {
  return await readHealth((await desk.network()).context)
}

/** Proxies that gave a false answer and that nobody asks since, as two hospitals show them. */
export async function readConvicted (desk: Desk): Promise<ConvictedProxy[]> {
  return await listConvicted((await desk.network()).context)
}

/** Every version of the network's document, newest first, and what each changed. */
export async function readVersions (desk: Desk): Promise<ShownVersion[]> {
  return (await listNetworkVersions((await desk.network()).context)).reverse()
}

/** A proposal, whose signatures were proven here, and what would change by it. */
export interface ProposalShown extends Omit<ShownProposal, 'document'> { version: number, policyHash: string, inForceFrom: number, change: DocumentChange }

export interface ProposalsShown {
  items: ProposalShown[]
  /** Whether these pages may be given an admin's key. */
  canSign: boolean
}

/** What members propose as the next version. */
export async function readProposals (desk: Desk): Promise<ProposalsShown> {
  const { context, config: { edition } } = await desk.network()
  const items = await Promise.all((await listNetworkProposals(context)).map(async (proposal): Promise<ProposalShown> => {
    const { document: { version, policyHash, inForceFrom }, ...rest } = proposal
    return { ...rest, version, policyHash, inForceFrom, change: await describeProposal(context, proposal) }
  }))
  return { items, canSign: edition === 'installed' }
}

/** What the ledger has of an approval, and how many members are still needed. */
export interface Approved { txId: string, missing: number }

/**
 * Approves a proposal with the key of a member's admin (PEM), which is read here, signs this one statement and is kept by nobody.
 * @throws {ClientError} USAGE in a copy that a hospital serves, for a file that holds no key and a key that speaks for no member; NOT_FOUND
 */
export async function approve (desk: Desk, { documentHash, key }: { documentHash: string, key: File }): Promise<Proposal<Approved>> {
  const { context, config: { edition } } = await desk.network()
  if (edition !== 'installed') throw new ClientError('USAGE', 'A copy that a hospital serves asks for no key: approve in the installed copy, or by the command.')
  const proposal = (await listNetworkProposals(context)).find((one) => one.documentHash === documentHash)
  if (proposal === undefined) throw new ClientError('NOT_FOUND', `Nothing with the hash ${documentHash} is proposed any more.`)
  const { version, policyHash, inForceFrom } = proposal.document
  const secret = await readAdminKey(key)
  return {
    says: {
      title: 'net.approve.confirm',
      lines: [
        { label: 'net.version', value: String(version), kind: 'number' },
        { label: 'net.document', value: documentHash, kind: 'code' },
        { label: 'net.policy', value: policyHash, kind: 'code' },
        { label: 'net.inForceFrom', value: String(inForceFrom), kind: 'time' },
        { label: 'net.proposedBy', value: proposal.proposedBy, kind: 'hospital' }
      ],
      warnings: ['net.approve.means']
    },
    carry: async () => {
      try {
        const { txId } = await approveNetwork({ ...context, role: 'admin', secret }, proposal)
        return { txId, missing: Math.max(0, proposal.missing - 1) }
      } finally {
        secret.fill(0)
      }
    }
  }
}
