import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import t from 'tap'
import { BearerToken, makeProof } from '@epione/client'
import type { Gateways, TokenContext } from '@epione/client'
import { fromHex } from '@epione/crypto'
import type { Proof } from '@epione/anchor/verify'
import { Typist } from './support/cli.ts'

interface Vectors { proofs: Array<{ name: string, proof: Proof, verdict: unknown }> }

const vectors = JSON.parse(readFileSync(new URL('../../vectors/proofs.json', import.meta.url), 'utf8')) as Vectors
const dir = t.testdir({})
const anybody = new Typist(join(dir, 'anybody'), '')

function vector (name: string): Proof {
  const found = vectors.proofs.find((entry) => entry.name === name)
  if (found === undefined) throw new RangeError(`no proof "${name}" is recorded`)
  return found.proof
}

function write (name: string, content: unknown): string {
  const file = join(dir, name)
  writeFileSync(file, typeof content === 'string' ? content : JSON.stringify(content))
  return file
}

const good = vector('two of three witnesses')
const refused = (exitCode: number, members: object): object => ({ exitCode, json: { error: members } })

t.test('anybody verifies a proof from its file, with what they pin, and without a home or a gateway', async (t) => {
  const file = write('good.json', good)
  const { chainId, contract } = good.anchor?.chain ?? { chainId: 0, contract: '' }
  const published = write('anchor.json', { chainId, address: `0x${contract.toUpperCase()}` })
  t.match(await anybody.run('verify', file, '--anchor', published, '--network-id', good.networkId), { exitCode: 0, json: { batch: 7, signedBy: [String, String], event: { eventId: good.event['eventId'] } } })
  t.match(await anybody.run('verify', file, '--chain-id', '1'), refused(4, { code: 'PROOF_FALSE', anchorCode: 'CHAIN_MISMATCH' }))
  t.match(await anybody.run('verify', file, '--contract', `0x${'ab'.repeat(20)}`), refused(4, { code: 'PROOF_FALSE', anchorCode: 'CONTRACT_MISMATCH' }))
  t.match(await anybody.run('verify', file, '--network-id', '00'.repeat(32)), refused(4, { code: 'PROOF_FALSE', anchorCode: 'NETWORK_MISMATCH' }))
})

t.test('a false proof, a pending one, and what is none each have an exit code and a reason', async (t) => {
  t.match(await anybody.run('verify', write('rejected.json', vector('rejected by the ledger'))), refused(4, { anchorCode: 'EVENT_NOT_VALID' }))
  t.match(await anybody.run('verify', write('short.json', vector('one signature'))), refused(4, { anchorCode: 'SIGNATURES_MISSING' }))
  t.match(await anybody.run('verify', write('pending.json', vector('in no batch yet'))), refused(3, { code: 'PROOF_PENDING' }))
  t.match(await anybody.run('verify', write('text.json', 'no proof')), refused(4, { anchorCode: 'PROOF_MALFORMED' }))
  t.match(await anybody.run('verify', join(dir, 'absent.json')), refused(2, { code: 'FILE_UNREADABLE' }))
  t.match(await anybody.run('verify', write('good.json', good), '--rpc', 'http://127.0.0.1:9'), refused(5, { code: 'UNAVAILABLE', anchorCode: 'RPC_UNUSABLE' }))
  t.match(await anybody.run('verify', write('good.json', good), '--anchor', write('other.json', {})), { exitCode: 2 })
})

/** An auditor whose gateway answers with the material of a recorded proof. */
function auditorAsking ({ anchor, envelope, transaction: { path: txPath, ...transaction }, block, state }: Proof): TokenContext {
  const { batchPath, ...rest } = anchor ?? { batchPath: [] }
  const material = { envelope, transaction: { ...transaction, txPath }, block: { ...block, batchPath }, ...rest, state }
  const own = { info: { mspId: 'CoreMSP' }, getEventAnchor: () => Promise.resolve(material) }
  // The one call that makeProof makes of an auditor's gateway.
  return { role: 'token', token: new BearerToken(''), networkId: fromHex(good.networkId), gateways: { own } as unknown as Gateways }
}

t.test('a proof is made of what a gateway gives, and verified before anybody gets it', async (t) => {
  const eventId = String(good.event['eventId'])
  const made = await makeProof(auditorAsking(good), eventId)
  t.strictSame(made, { eventId, state: 'submitted', proof: good })
  const pending = await makeProof(auditorAsking(vector('in no batch yet')), eventId)
  t.match(pending, { state: 'pending', warnings: [/no anchored batch yet/] })
  t.equal(pending.proof.anchor, undefined)
})

t.test('a gateway that gives another event, a false path or no event at all is refused', async (t) => {
  const eventId = String(good.event['eventId'])
  const other = vector('one of two transactions')
  await t.rejects(makeProof(auditorAsking(other), eventId), { code: 'PROOF_FALSE', details: { anchorCode: 'EVENT_MISMATCH' } })
  await t.rejects(makeProof(auditorAsking({ ...good, block: { ...good.block, number: 255 } }), eventId), { code: 'PROOF_FALSE', details: { anchorCode: 'BLOCK_PATH_FALSE' } })
  await t.rejects(makeProof(auditorAsking({ ...good, envelope: 'bm8gZW52ZWxvcGU=' }), eventId), { code: 'PROOF_FALSE' })
})
