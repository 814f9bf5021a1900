import { readFile } from 'node:fs/promises'
import { fileExists, replaceFile } from '../../host/src/index.ts'
import { objectFaults, ORGANIZATION_RULES, text, type Rule } from '../description/consortium-faults.ts'
import type { Context } from '../description/context.ts'
import type { OrganizationTopology } from '../description/topology.ts'
import { messageOf, NetworkError } from '../errors.ts'
import type { Binaries } from '../fabric/binaries.ts'
import { makeGenesisBlock, networkIdOf } from '../fabric/channel.ts'
import {
  describeNetwork, makeDocument, readFoundedDocument, signDocument, verifyFounding, type Founding, type MadeDocument
} from '../fabric/network-document.ts'
import { canonicalJson, isObject, parseJson } from '../host/json.ts'
import { requireSameBlock, spellBlock } from './block-check.ts'
import type { Bundle } from './bundle-shape.ts'
import { readBundles } from './members.ts'

type Work = Context & { binaries: Binaries }

/** What a convener proposes to found: block 0 (base64) and the document. */
export interface Proposal extends MadeDocument { format: 1, block: string }
/** What one member signed of it. */
export interface FoundingSignature { format: 1, mspId: string, documentHash: string, founding: Founding }
/** The file that all signed: peers join and gateways start with this one alone. */
export interface FoundingFile extends Proposal { founding: Founding }

const DAY_MS = 86_400_000
/** How far from now a document may count from when it is signed. */
const IN_FORCE_WITHIN_DAYS = 7

const object: Rule = { wants: 'Use an object', test: isObject }
const hash = text(/^[0-9a-f]{64}$/, 'Use 64 lowercase hex digits')
const one: Rule = { wants: 'Use 1', test: (value) => value === 1 }
const base64 = text(/^[A-Za-z0-9+/]{4,2000000}={0,2}$/, 'Use base64')
const PROPOSAL_RULES = { format: one, block: base64, document: object, documentHash: hash }
const SIGNATURE_RULES = { format: one, mspId: ORGANIZATION_RULES['mspId'] as Rule, documentHash: hash, founding: object }

/** The proposal of a convener, made of the bundles and the description that it has checked. Throws as `readBundles` does. */
export async function makeProposal (work: Work): Promise<Proposal> {
  const bundles = await readBundles(work, Date.now())
  const block = spellBlock(await makeGenesisBlock(work.topology, work.paths, work.binaries))
  const made = await makeDocument(work, bundles, { networkId: networkIdOf(block), inForceFrom: Date.now() })
  return { format: 1, block: Buffer.from(block).toString('base64'), ...made }
}

/**
 * The member's signature over a proposal: after its block 0 was found to be that of the bundles and the description which are here, over
 * the document that is made of these. Throws `proposal-refused`, naming what differs; `bundle-invalid`; `not-founded` where a bundle is
 * missing.
 */
export async function signProposal (proposal: Proposal, organization: OrganizationTopology, work: Work): Promise<FoundingSignature> {
  const { bundles, networkId } = await checkBlock(proposal, work)
  const { document: { inForceFrom }, documentHash } = proposal
  requireSoon(inForceFrom)
  const chosen = { networkId, inForceFrom }
  try {
    const keyFile = work.paths.organization(organization.id).identity('admin').key
    const founding = await signDocument(work, bundles, { ...chosen, documentHash, keyFile })
    return { format: 1, mspId: organization.mspId, documentHash, founding }
  } catch (error) {
    // Why it was not signed is worth another run: the values that differ.
    requireSameDocument(proposal, await makeDocument(work, bundles, chosen))
    throw error
  }
}

/**
 * The founding file of a proposal and the signatures of all members, which are not verified. Throws `proposal-refused`, naming who has not
 * signed it.
 */
export function assembleFounding (
  proposal: Proposal,
  signatures: readonly FoundingSignature[],
  { topology: { organizations } }: Pick<Context, 'topology'>
): FoundingFile {
  const other = signatures.find(({ documentHash }) => documentHash !== proposal.documentHash)
  if (other !== undefined) {
    throw new NetworkError('proposal-refused', `${other.mspId} signed the document ${other.documentHash}, and the proposal's is ${proposal.documentHash}`, {
      advice: 'Send everybody one proposal; each signs that one.'
    })
  }
  const signed = organizations.map(({ mspId }) => signatures.find((signature) => signature.mspId === mspId)?.founding)
  const missing = organizations.filter((_, index) => signed[index] === undefined).map(({ id }) => id)
  if (missing.length > 0) {
    throw new NetworkError('proposal-refused', `${missing.join(', ')} ${missing.length === 1 ? 'has' : 'have'} not signed`, {
      advice: 'Give the file of `found sign` of every member of the description.'
    })
  }
  const foundings = signed.flatMap((founding) => founding === undefined ? [] : [founding])
  return { ...proposal, founding: { body: foundings[0]?.body ?? '', signatures: foundings.flatMap((founding) => founding.signatures) } }
}

/**
 * Founds this folder on a file, once every member's signature, block 0 and document were found to be right by what is here. Done again with
 * the same file it does nothing. Throws `proposal-refused`.
 */
export async function acceptFounding (file: FoundingFile, work: Work): Promise<void> {
  const { paths, topology } = work
  const { document, documentHash, founding, block } = file
  if (await fileExists(paths.networkDocument)) {
    const kept = await readFoundedDocument(paths)
    if (kept.documentHash === documentHash && canonicalJson(kept.document) === canonicalJson(document)) return
    throw new NetworkError('proposal-refused', `this folder is founded on the document ${kept.documentHash} already, not on ${documentHash}`, {
      advice: 'A network is founded once. For another one name another folder in EPIONE_STATE.'
    })
  }
  const { bundles, networkId } = await checkBlock(file, work)
  await verifySigned(file, bundles, networkId, work)
  await replaceFile(paths.genesisBlock, Buffer.from(block, 'base64'))
  // Last, because it says that this folder is founded.
  await replaceFile(paths.networkDocument, JSON.stringify({
    described: describeNetwork(topology, networkId), document, documentHash, founding
  }, null, 2) + '\n')
}

/** Throws `proposal-refused` unless every member signed the document that is made of what is here. */
export async function verifySigned (file: FoundingFile, bundles: readonly Bundle[], networkId: string, work: Context): Promise<void> {
  const chosen = { networkId, inForceFrom: file.document['inForceFrom'] }
  let failure: unknown
  try {
    if (await verifyFounding(work, bundles, chosen, file) === file.documentHash) return
  } catch (error) {
    failure = error
  }
  // Why is worth another run: values that differ, or else the signatures.
  requireSameDocument(file, await makeDocument(work, bundles, chosen))
  throw new NetworkError('proposal-refused', `the founding file is not signed by every member: ${messageOf(failure)}`, {
    advice: 'Ask the convener for the file made of the signatures of all members over this very proposal.', cause: failure
  })
}

async function checkBlock ({ block }: Proposal, work: Work): Promise<{ bundles: Bundle[], networkId: string }> {
  const bundles = await readBundles(work, Date.now())
  const proposed = Buffer.from(block, 'base64')
  requireSameBlock(proposed, await makeGenesisBlock(work.topology, work.paths, work.binaries))
  return { bundles, networkId: networkIdOf(proposed) }
}

function requireSoon (inForceFrom: unknown): void {
  if (typeof inForceFrom === 'number' && Math.abs(inForceFrom - Date.now()) <= IN_FORCE_WITHIN_DAYS * DAY_MS) return
  throw new NetworkError('proposal-refused', `the document is to count from ${String(inForceFrom)} on, which is not within ${String(IN_FORCE_WITHIN_DAYS)} days of now`, {
    advice: 'Set the clock of this machine, or ask the convener for a proposal of today.'
  })
}

/** Names each value that differs, as it is proposed and as it is here. */
function requireSameDocument (proposed: MadeDocument, own: MadeDocument): void {
  const [theirs, ours] = [leavesOf(proposed.document), leavesOf(own.document)]
  const differing = [...new Set([...theirs.keys(), ...ours.keys()])].filter((path) => theirs.get(path) !== ours.get(path))
  if (differing.length === 0 && proposed.documentHash === own.documentHash) return
  throw new NetworkError('proposal-refused', [
    'the document is not that of the bundles and the description which are here:',
    ...differing.map((path) => `  ${path} is ${theirs.get(path) ?? 'absent'} in it and ${ours.get(path) ?? 'absent'} here`),
    ...differing.length === 0 ? [`  its hash is said to be ${proposed.documentHash} and is ${own.documentHash}`] : []
  ].join('\n'), { advice: 'Sign nothing. Agree with all members on one description, and compare the fingerprints of all bundles.' })
}

function leavesOf (value: unknown, path = '', leaves = new Map<string, string>()): Map<string, string> {
  const inner: [string, unknown][] = Array.isArray(value) || isObject(value) ? Object.entries(value) : []
  if (inner.length === 0) leaves.set(path, JSON.stringify(value))
  for (const [key, member] of inner) leavesOf(member, path === '' ? key : `${path}.${key}`, leaves)
  return leaves
}

/** A proposal out of a file. Throws `proposal-refused`, naming what does not fit. */
export async function readProposal (file: string): Promise<Proposal> {
  return await readShaped(file, PROPOSAL_RULES)
}

/** One member's signature out of a file. Throws `proposal-refused`. */
export async function readSignature (file: string): Promise<FoundingSignature> {
  return await readShaped(file, SIGNATURE_RULES, isFounding)
}

/** A founding file. Throws `proposal-refused`. */
export async function readFounding (file: string): Promise<FoundingFile> {
  return await readShaped(file, { ...PROPOSAL_RULES, founding: object }, isFounding)
}

function isFounding ({ founding }: Record<string, unknown>): boolean {
  return isObject(founding) && typeof founding['body'] === 'string' && Array.isArray(founding['signatures'])
}

async function readShaped<T> (
  file: string,
  rules: Record<string, Rule>,
  fits: (value: Record<string, unknown>) => boolean = () => true
): Promise<T> {
  const value = parseJson(await readFile(file, 'utf8').catch((cause: unknown) => {
    throw new NetworkError('proposal-refused', `${file} cannot be read: ${messageOf(cause)}`, { advice: 'Name the file that was sent to you.', cause })
  }))
  const faults = isObject(value) ? objectFaults(value, rules, '').map(({ path, problem }) => `  ${path}: ${problem}`) : ['  not a JSON object']
  if (isObject(value) && faults.length === 0 && !fits(value)) faults.push('  founding: no statement with signatures')
  if (faults.length === 0) return value as T
  throw new NetworkError('proposal-refused', [`${file} is not what this step takes:`, ...faults].join('\n'), {
    advice: '`found propose` makes a proposal, `found sign` a signature, `found assemble` the founding file.'
  })
}
