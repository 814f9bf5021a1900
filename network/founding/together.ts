import { fileExists } from '../../host/src/index.ts'
import type { Context } from '../description/context.ts'
import { playsAlone } from '../description/topology.ts'
import { NetworkError } from '../errors.ts'
import type { Binaries } from '../fabric/binaries.ts'
import { report } from '../host/logger.ts'
import { forEachLimited } from '../host/parallel.ts'
import { exportBundle } from './export.ts'
import { acceptFounding, assembleFounding, makeProposal, signProposal, type FoundingSignature } from './proposal.ts'

/**
 * Sees to it that this folder is founded. Where all organisations are played here they found by the same steps that machines of their own
 * take: each makes its bundle, one proposes, each checks and signs with its own key alone. Throws `not-founded` where others are elsewhere.
 */
export async function ensureFounded (work: Context & { binaries: Binaries }, atOnce: number): Promise<void> {
  const { topology, paths } = work
  await requireTogether(work)
  if (await fileExists(paths.networkDocument)) return
  report('bundles of the organisations, block 0 and the document that all sign')
  await forEachLimited(topology.played, atOnce, async (organization) => { await exportBundle(organization, work) })
  const proposal = await makeProposal(work)
  const signatures: FoundingSignature[] = []
  await forEachLimited(topology.played, atOnce, async (organization) => {
    signatures.push(await signProposal(proposal, organization, work))
  })
  await acceptFounding(assembleFounding(proposal, signatures, work), work)
}

/** Throws `not-founded` where this folder is not founded, and its founding needs members of other machines. */
export async function requireTogether ({ topology, paths }: Pick<Context, 'topology' | 'paths'>): Promise<void> {
  if (!playsAlone(topology) || await fileExists(paths.networkDocument)) return
  throw new NetworkError('not-founded', `${topology.played.map(({ id }) => id).join()} has founded no network with the other members yet`, {
    advice: 'Exchange bundles and sign what one member proposes: `org-export`, `org-import`, `found propose`, `found sign`, `found assemble`, `found accept` (docs/operations.md, "Founding").'
  })
}
