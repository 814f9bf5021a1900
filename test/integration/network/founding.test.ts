import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import commonProtos from '@hyperledger/fabric-protos/lib/common/common_pb.js'
import t from 'tap'
import { loadConsortium, type Consortium } from '../../../network/description/consortium.ts'
import { deriveTopology, type OrganizationTopology } from '../../../network/description/topology.ts'
import { ensureBinaries } from '../../../network/fabric/binaries.ts'
import { networkIdOf } from '../../../network/fabric/channel.ts'
import { readFoundedDocument } from '../../../network/fabric/network-document.ts'
import { requireSameBlock } from '../../../network/founding/block-check.ts'
import type { BundleContents } from '../../../network/founding/bundle-shape.ts'
import { keepBundle } from '../../../network/founding/members.ts'
import {
  acceptFounding, assembleFounding, makeProposal, readFounding, readProposal, readSignature, signProposal, type Proposal
} from '../../../network/founding/proposal.ts'
import { createFounder, openFolder, type Founder } from '../../helpers/founders.ts'
import { TestNetwork } from '../../helpers/test-network.ts'

// Real configtxgen and the real gateway's program, in folders of which each has the keys of one hospital; the network that others use is
// waited for, since it builds them where they lack.
const binaries = await ensureBinaries((await (await TestNetwork.shared()).context()).settings)
const consortium = await loadConsortium(join(import.meta.dirname, '../../../network/consortium.json'))
const { organizations } = deriveTopology(consortium)
const ids = ['core', 'regional1', 'regional2'] as const
type Id = typeof ids[number]
const described = (id: Id): OrganizationTopology => {
  const organization = organizations.find((one) => one.id === id)
  if (organization === undefined) throw new Error(`${id} is not described`)
  return organization
}
const founderOf = (id: Id, changes: Partial<BundleContents> = {}): Founder => createFounder(described(id), changes)
const honest: Record<Id, Founder> = { core: founderOf('core'), regional1: founderOf('regional1'), regional2: founderOf('regional2') }
type Folder = Awaited<ReturnType<typeof openFolder>> & { binaries: typeof binaries }

/** The folder of one hospital with the bundles that it was shown, by its own copy of the description. */
async function folderOf (
  root: string,
  id: Id,
  shown: Partial<Record<Id, Founder>> = {},
  description: Consortium = consortium
): Promise<Folder> {
  const known = { ...honest, ...shown }
  const folder = await openFolder(root, id, description, known[id].adminKey)
  for (const each of ids) await keepBundle(known[each].bundle, folder.paths)
  return { ...folder, binaries }
}

const sign = async (proposal: Proposal, folder: Folder): ReturnType<typeof signProposal> =>
  await signProposal(proposal, folder.organization, folder)
const refused = (message: RegExp): { code: string, message: RegExp } => ({ code: 'proposal-refused', message })

/** What three honest hospitals sign. */
const world = await (async () => {
  const folder = t.testdir({})
  const [core, regional1, regional2] = await Promise.all(ids.map(async (id) => await folderOf(folder, id))) as [Folder, Folder, Folder]
  const proposal = await makeProposal(core)
  const signatures = await Promise.all([core, regional1, regional2].map(async (one) => await sign(proposal, one)))
  return { core, regional1, regional2, proposal, signatures, founding: assembleFounding(proposal, [...signatures].reverse(), core) }
})()

t.test('three hospitals that each checked two bundles found one network, with the same files', async (t) => {
  const { core, regional1, regional2, founding, proposal, signatures } = world
  const dir = t.testdir({ 'proposal.json': JSON.stringify(proposal), 'signature.json': JSON.stringify(signatures[1]), 'founding.json': JSON.stringify(founding) })
  t.strictSame(await readProposal(join(dir, 'proposal.json')), proposal)
  t.strictSame(await readSignature(join(dir, 'signature.json')), signatures[1])
  for (const folder of [core, regional1, regional2]) {
    await acceptFounding(await readFounding(join(dir, 'founding.json')), folder)
    await acceptFounding(founding, folder)
    const block = await readFile(folder.paths.genesisBlock)
    t.equal(block.toString('base64'), proposal.block)
    const kept = await readFoundedDocument(folder.paths)
    t.match(kept, { documentHash: proposal.documentHash, document: { networkId: networkIdOf(block) } })
    t.strictSame(kept.document, founding.document)
  }
  await t.rejects(acceptFounding({ ...founding, documentHash: '0'.repeat(64) }, core), refused(/founded on the document [0-9a-f]{64} already/))
})

t.test('a file of another step, or a torn one, is refused with what it lacks', async (t) => {
  const dir = t.testdir({ 'torn.json': '{"format":1', 'proposal.json': JSON.stringify(world.proposal), 'odd.json': JSON.stringify({ ...world.founding, founding: {} }) })
  await t.rejects(readProposal(join(dir, 'torn.json')), refused(/not a JSON object/))
  await t.rejects(readFounding(join(dir, 'proposal.json')), refused(/founding: missing/))
  await t.rejects(readFounding(join(dir, 'odd.json')), refused(/no statement with signatures/))
  await t.rejects(readSignature(join(dir, 'proposal.json')), refused(/mspId: missing/))
  await t.rejects(readProposal(join(dir, 'none.json')), refused(/cannot be read/))
})

t.test('a convener that shows one member another bundle of a third is found out by that member', async (t) => {
  const dir = t.testdir({})
  const convener = await folderOf(dir, 'core', { regional2: founderOf('regional2') })
  const proposal = await makeProposal(convener)
  await t.rejects(sign(proposal, await folderOf(dir, 'regional1')), {
    code: 'proposal-refused',
    message: /Channel\/Application\/Regional2MSP\/MSP is another[^]*Channel\/Orderer\/ConsensusType is another/,
    advice: /Sign nothing\. Compare fingerprints/
  })
})

t.test('a network of the convener\'s own, with keys of its making in every name, is signed by nobody else, and no folder takes it', async (t) => {
  const dir = t.testdir({})
  const made = { core: honest.core, regional1: founderOf('regional1'), regional2: founderOf('regional2') }
  const convener = await folderOf(join(dir, 'made'), 'core', made)
  const proposal = await makeProposal(convener)
  const signatures = world.signatures.map((signature) => ({ ...signature, documentHash: proposal.documentHash }))
  const founding = assembleFounding(proposal, signatures, convener)
  const member = await folderOf(dir, 'regional1')
  await t.rejects(sign(proposal, member), refused(/Regional1MSP\/MSP is another/))
  await t.rejects(acceptFounding(founding, member), refused(/Regional1MSP\/MSP is another/))
  await t.rejects(readFoundedDocument(member.paths), { code: 'not-founded' })
})

t.test('another block 0 is found out: other settings of the channel, more in it, another order of time and content', async (t) => {
  const { proposal, regional1 } = world
  const block = Buffer.from(proposal.block, 'base64')
  const again = Buffer.from((await makeProposal(world.core)).block, 'base64')
  requireSameBlock(again, block)
  t.not(networkIdOf(again), networkIdOf(block), 'no two blocks are the same, so the bytes alone say nothing')
  const text = block.toString('latin1')
  const slower = Buffer.from(text.replace('\x05200ms', '\x05900ms'), 'latin1')
  t.throws(() => { requireSameBlock(slower, block) }, refused(/Channel\/Orderer\/BatchTimeout is another/))
  const open = Buffer.from(text.replace('/Channel/Application/Writers', '/Channel/Application/Readers'), 'latin1')
  t.throws(() => { requireSameBlock(open, block) }, refused(/Channel\/Application\/ACLs is another/))
  const hidden = commonProtos.Block.deserializeBinary(block)
  const data = hidden.getData()
  // A field that nobody knows: protobuf keeps it, and it would count in the network's id.
  const envelope = Buffer.concat([data?.getDataList_asU8()[0] ?? Buffer.alloc(0), Buffer.from('7a0161', 'hex')])
  data?.setDataList([envelope])
  hidden.getHeader()?.setDataHash(createHash('sha256').update(envelope).digest())
  t.throws(() => { requireSameBlock(hidden.serializeBinary(), block) }, refused(/its bytes beside the configuration/))
  data?.setDataList([envelope, envelope])
  t.throws(() => { requireSameBlock(hidden.serializeBinary(), block) }, refused(/cannot be read as a block with one configuration/))
  t.throws(() => { requireSameBlock(Buffer.from('none'), block) }, refused(/cannot be read/))
  await t.rejects(sign({ ...proposal, block: slower.toString('base64') }, regional1), refused(/BatchTimeout/))
  await t.rejects(sign({ ...proposal, block: again.toString('base64') }, regional1), refused(/networkId is "[0-9a-f]{64}" in it and/))
})

t.test('other settings, auditors or times than the member\'s own are found out, with both values', async (t) => {
  const dir = t.testdir({})
  const otherwise = { ...consortium, testing: true as const, policy: { ...consortium.policy, permitSeconds: 5 } }
  const short = await makeProposal(await folderOf(join(dir, 'convener'), 'core', {}, otherwise))
  const member = await folderOf(dir, 'regional1')
  await t.rejects(sign(short, member), refused(/settings\.permitSeconds is 5 in it and 60 here[^]*testing is true in it and absent here/))
  const { document } = world.proposal
  const auditors = [{ mspId: 'CoreMSP', issuer: 'https://elsewhere', subject: 'eve', scope: 'consortium' }]
  await t.rejects(sign({ ...world.proposal, documentHash: '1'.repeat(64), document: { ...document, auditors } }, member), refused(/auditors\.0\.subject is "eve" in it and absent here/))
  await t.rejects(sign({ ...world.proposal, documentHash: '1'.repeat(64) }, member), refused(/its hash is said to be 1{64} and is/))
  await t.rejects(sign({ ...world.proposal, document: { ...document, inForceFrom: 1 } }, member), refused(/not within 7 days of now/))
})

t.test('a founding lacks no signature, and takes none over another proposal or by another key', async (t) => {
  const dir = t.testdir({})
  const { core, proposal, founding, signatures: [one, two, three] } = world
  if (one === undefined || two === undefined || three === undefined) throw new Error('three signed')
  t.throws(() => assembleFounding(proposal, [one, three], core), refused(/^regional1 has not signed/))
  const later = await makeProposal(core)
  const elsewhere = await sign(later, world.regional1)
  t.throws(() => assembleFounding(proposal, [one, elsewhere, three], core), refused(/Regional1MSP signed the document/))
  const member = await folderOf(dir, 'regional2')
  await t.rejects(acceptFounding({ ...founding, documentHash: '1'.repeat(64) }, member), refused(/its hash is said to be 1{64}/))
  const relabelled = { ...elsewhere, documentHash: proposal.documentHash }
  await t.rejects(acceptFounding(assembleFounding(proposal, [one, relabelled, three], core), member), refused(/not signed by every member/), 'for another block 0')
  const { founding: { body, signatures } } = founding
  const doubled = { ...founding, founding: { body, signatures: [...signatures.slice(0, 2), signatures[0]] } }
  await t.rejects(acceptFounding(doubled, member), refused(/not signed by every member/), 'one twice, one not at all')
  const stolen = await openFolder(join(dir, 'stolen'), 'regional2', consortium, founderOf('regional2').adminKey)
  for (const id of ids) await keepBundle(honest[id].bundle, stolen.paths)
  const foreign = await sign(proposal, { ...stolen, binaries })
  await t.rejects(acceptFounding(assembleFounding(proposal, [one, two, foreign], core), member), refused(/not signed by every member[^]*admin key/), 'by a key that no bundle holds')
})
