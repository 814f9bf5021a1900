import fc from 'fast-check'
import t from 'tap'
import type { Pins, Proof } from '@epione/ledger/proof'
import { VerificationError, parseProof, verifyProof } from '@epione/ledger/proof'
import { makeWitnesses } from '../../../helpers/anchor.ts'
import { listedBlock, makeProof, RECORDED_NETWORK_ID, recordedBlock } from '../../../helpers/proofs.ts'

const SLOW = process.env['SLOW'] === '1'
const witnesses = makeWitnesses(3)
const domain = { chainId: 5, contract: `0x${'c0'.repeat(20)}`, networkId: RECORDED_NETWORK_ID } as const
const blocks = [recordedBlock(255), recordedBlock(256)]
const honest = await makeProof({ blocks, block: 256, index: 0, batchNumber: 7, domain, witnesses, signers: witnesses.slice(0, 2) })
type Honest = typeof honest & { envelope: string }

const list = listedBlock(257)
const listed = await makeProof({
  blocks: [recordedBlock(256), list.block], block: 257, index: 0, eventId: String(list.events[1]?.['eventId']), batchNumber: 7, domain, witnesses
})

async function codeOf (proof: unknown, pins: Pins = {}): Promise<string> {
  try {
    await verifyProof(proof, { pins })
    return 'accepted'
  } catch (error) {
    if (error instanceof VerificationError) return error.code
    throw error
  }
}

/** The honest proof with one thing changed. */
function changed (change: (proof: Honest) => void): Honest {
  const proof = structuredClone(honest) as Honest
  change(proof)
  return proof
}

t.test('an honest proof is verified from the file alone, and says what it rests on', async (t) => {
  const verdict = await verifyProof(parseProof(JSON.stringify(honest)))
  t.match(verdict, {
    state: 'signed',
    networkId: RECORDED_NETWORK_ID,
    chaincode: 'epione',
    channel: 'records',
    block: 256,
    batch: 7,
    witnesses: 3
  })
  t.equal(verdict.event.eventId, honest.event['eventId'])
  t.same(verdict.signedBy, witnesses.slice(0, 2).map(({ address }) => address.slice(2).toLowerCase()).sort())
  t.equal(verdict.since, undefined, 'a time comes from the chain alone')
  t.equal(verdict.checks.length, 5)
  t.match(verdict.warnings.join(), /Goerli.*proves nothing to outsiders/)
})

t.test('every part of a proof that is changed is refused by name', async (t) => {
  const other = await makeProof({ blocks, block: 255, index: 0, batchNumber: 7, domain, witnesses })
  const flip = (hex: string): string => `${hex.startsWith('0') ? '1' : '0'}${hex.slice(1)}`
  const cases: Array<[string, string, (proof: Honest) => void]> = [
    ['version', 'PROOF_MALFORMED', (p) => { Object.assign(p, { version: 'epione-proof/2' }) }],
    ['unknown member', 'PROOF_MALFORMED', (p) => { Object.assign(p, { note: 'trust me' }) }],
    ['event, decision', 'EVENT_MISMATCH', (p) => { p.event['decision'] = p.event['decision'] === 'permit' ? 'deny' : 'permit' }],
    ['event of another transaction', 'EVENT_MISMATCH', (p) => { p.event = other.event }],
    ['envelope of another transaction', 'TRANSACTION_PATH_FALSE', (p) => { p.envelope = other.envelope ?? ''; p.event = other.event }],
    ['envelope, no base64', 'PROOF_MALFORMED', (p) => { p.envelope = p.envelope.slice(0, 5) }],
    [
      'envelope, bytes added', 'ENVELOPE_MALFORMED',
      (p) => { p.envelope = Buffer.concat([Buffer.from(p.envelope, 'base64'), Buffer.of(0x18, 0x01)]).toString('base64') }
    ],
    ['envelope, no envelope', 'ENVELOPE_MALFORMED', (p) => { p.envelope = Buffer.from('no envelope').toString('base64') }],
    ['validation code, as if valid were not', 'EVENT_NOT_VALID', (p) => { p.transaction.code = 11 }],
    ['index', 'TRANSACTION_PATH_FALSE', (p) => { p.transaction.index = 1 }],
    ['path of the transaction', 'TRANSACTION_PATH_FALSE', (p) => { p.transaction.path.push('00'.repeat(32)) }],
    ['number of transactions', 'TRANSACTION_PATH_FALSE', (p) => { p.block.txCount += 1 }],
    ['root of transactions', 'TRANSACTION_PATH_FALSE', (p) => { p.block.txRoot = flip(p.block.txRoot) }],
    ['block number', 'BLOCK_PATH_FALSE', (p) => { p.block.number = 255 }],
    ['block outside the batch', 'BLOCK_PATH_FALSE', (p) => { p.block.number = 257 }],
    ['previous hash', 'BLOCK_PATH_FALSE', (p) => { p.block.previousHash = flip(p.block.previousHash) }],
    ['no previous hash', 'BLOCK_PATH_FALSE', (p) => { p.block.previousHash = '' }],
    ['data hash', 'BLOCK_PATH_FALSE', (p) => { p.block.dataHash = flip(p.block.dataHash) }],
    ['commit hash', 'BLOCK_PATH_FALSE', (p) => { p.block.commitHash = flip(p.block.commitHash) }],
    ['path of the block', 'BLOCK_PATH_FALSE', (p) => { p.anchor.batchPath = p.anchor.batchPath.map(flip) }],
    ['root of the batch', 'BLOCK_PATH_FALSE', (p) => { p.anchor.batch.root = flip(p.anchor.batch.root) }],
    ['last block of the batch', 'BLOCK_PATH_FALSE', (p) => { p.anchor.batch.lastBlock += 1 }],
    ['number of the batch', 'SIGNATURE_INVALID', (p) => { p.anchor.batch.number += 1 }],
    ['chain id', 'SIGNATURE_INVALID', (p) => { p.anchor.chain.chainId = 1 }],
    ['contract', 'SIGNATURE_INVALID', (p) => { p.anchor.chain.contract = flip(p.anchor.chain.contract) }],
    ['network', 'SIGNATURE_INVALID', (p) => { p.networkId = flip(p.networkId) }],
    [
      'a signature', 'SIGNATURE_INVALID',
      (p) => { p.anchor.signatures = p.anchor.signatures.map((s) => ({ ...s, signature: flip(s.signature) })) }
    ],
    [
      'a signature under another name', 'SIGNATURE_INVALID',
      (p) => { p.anchor.signatures = p.anchor.signatures.map((s) => ({ ...s, witness: p.anchor.witnesses[2] ?? '' })) }
    ],
    [
      'a stranger\'s signature', 'SIGNATURE_INVALID',
      (p) => { p.anchor.signatures = p.anchor.signatures.map((s) => ({ ...s, witness: 'aa'.repeat(20) })) }
    ],
    ['too few signatures', 'SIGNATURES_MISSING', (p) => { p.anchor.signatures = p.anchor.signatures.slice(0, 1) }],
    [
      'one signature twice', 'SIGNATURES_MISSING',
      (p) => { p.anchor.signatures = p.anchor.signatures.flatMap((s, index) => index === 0 ? [s, s] : []) }
    ],
    ['witnesses out of order', 'WITNESSES_INVALID', (p) => { p.anchor.witnesses.reverse() }]
  ]
  for (const [what, code, change] of cases) t.equal(await codeOf(changed(change)), code, what)
})

t.test('an event of several is proven by its item, and shows nothing of the others but how many there are', async (t) => {
  const verdict = await verifyProof(parseProof(JSON.stringify(listed)))
  t.match(verdict, { state: 'signed', chaincode: 'epione', channel: 'records', block: 257, event: { eventId: listed.event['eventId'] } })
  t.equal(listed.item?.count, 3)
  t.match(verdict.checks[0], /list, as the witnesses read it/)
  const others = list.events.filter(({ eventId }) => eventId !== listed.event['eventId'])
  t.equal(others.length, 2)
  for (const { patientId } of others) t.notOk(JSON.stringify(listed).includes(String(patientId)))
})

t.test('an item that is changed, exchanged or shown otherwise is refused by name', async (t) => {
  type Listed = typeof listed & { item: NonNullable<Proof['item']> }
  const cases: Array<[string, string, (proof: Listed) => void]> = [
    ['another event of the list', 'EVENT_MISMATCH', (p) => { p.event = list.events[0] ?? {} }],
    ['decision', 'EVENT_MISMATCH', (p) => { p.event['decision'] = 'deny' }],
    ['no id', 'EVENT_MISMATCH', (p) => { delete p.event['eventId'] }],
    ['id of another transaction', 'EVENT_MISMATCH', (p) => { p.event['eventId'] = honest.event['eventId'] }],
    ['chaincode', 'EVENT_MISMATCH', (p) => { p.item.chaincode = 'other' }],
    ['channel', 'EVENT_MISMATCH', (p) => { p.item.channel = 'other' }],
    ['salt', 'EVENT_MISMATCH', (p) => { p.item.salt = '00'.repeat(32) }],
    ['place', 'EVENT_MISMATCH', (p) => { p.item.index = 0 }],
    ['path', 'EVENT_MISMATCH', (p) => { p.item.path = p.item.path.slice(1) }],
    ['root', 'EVENT_MISMATCH', (p) => { p.item.root = '00'.repeat(32) }],
    ['number of events', 'TRANSACTION_PATH_FALSE', (p) => { p.item.count = 4 }],
    ['envelope', 'TRANSACTION_PATH_FALSE', (p) => { p.item.envelopeHash = '00'.repeat(32) }],
    ['validation code', 'EVENT_NOT_VALID', (p) => { p.transaction.code = 11 }],
    ['envelope and item', 'PROOF_MALFORMED', (p) => { p.envelope = honest.envelope ?? '' }],
    ['neither', 'PROOF_MALFORMED', (p) => { delete (p as Partial<Listed>).item }],
    ['unknown member', 'PROOF_MALFORMED', (p) => { Object.assign(p.item, { note: 'trust me' }) }],
    [
      'envelope of the list', 'EVENT_MISMATCH',
      (p) => { Object.assign(p, { item: undefined, envelope: Buffer.from(list.block.envelopes[0] ?? []).toString('base64') }) }
    ]
  ]
  for (const [what, code, change] of cases) {
    const proof = structuredClone(listed) as Listed
    change(proof)
    t.equal(await codeOf(JSON.parse(JSON.stringify(proof))), code, what)
  }
})

t.test('a list in a transaction of another kind of leaf proves nothing', async (t) => {
  const forged = structuredClone(honest)
  t.equal(await codeOf({ ...forged, envelope: undefined, item: listed.item, event: listed.event }), 'TRANSACTION_PATH_FALSE')
})

t.test('a proof of a transaction that the ledger rejected is refused, although its path is right', async (t) => {
  const block = recordedBlock(15)
  const rejected = await makeProof({ blocks: [block], block: 15, index: 1, batchNumber: 1, domain, witnesses })
  t.equal(rejected.transaction.code, 11, 'a read conflict')
  t.equal(await codeOf(rejected), 'EVENT_NOT_VALID')
  rejected.transaction.code = 0
  t.equal(await codeOf(rejected), 'TRANSACTION_PATH_FALSE', 'nor can its code be painted over')
  const accepted = await makeProof({ blocks: [block], block: 15, index: 0, batchNumber: 1, domain, witnesses })
  t.equal(await codeOf(accepted), 'accepted', 'the one beside it holds')
})

t.test('a transaction that is no access event proves none', async (t) => {
  const proof = await makeProof({ blocks: [recordedBlock(256)], block: 256, index: 0, batchNumber: 1, domain, witnesses })
  proof.envelope = Buffer.from(recordedBlock(3).envelopes[0] ?? []).toString('base64')
  t.equal(await codeOf(proof), 'EVENT_MISMATCH')
})

t.test('a proof without a batch says that it is pending', async (t) => {
  const { anchor, ...pending } = structuredClone(honest)
  t.ok(anchor)
  t.equal(await codeOf({ ...pending, state: 'pending' } satisfies Proof), 'PROOF_PENDING')
})

t.test('what is pinned must be what the proof names', async (t) => {
  const own = { networkId: RECORDED_NETWORK_ID, chainId: 5, contract: 'c0'.repeat(20), witnesses: honest.anchor.witnesses }
  t.equal(await codeOf(honest, own), 'accepted')
  const { warnings } = await verifyProof(honest, { pins: own })
  t.equal(warnings.length, 1, 'only that the chain is a local one')
  t.equal(await codeOf(honest, { ...own, networkId: '00'.repeat(32) }), 'NETWORK_MISMATCH')
  t.equal(await codeOf(honest, { ...own, chainId: 1 }), 'CHAIN_MISMATCH')
  t.equal(await codeOf(honest, { ...own, contract: 'c1'.repeat(20) }), 'CONTRACT_MISMATCH')
  t.equal(await codeOf(honest, { ...own, witnesses: honest.anchor.witnesses.slice(1) }), 'WITNESSES_MISMATCH')
})

t.test('text that is no proof is refused', (t) => {
  for (const text of [
    '', 'null', '[]', '{}', '{"version":"epione-proof/1"}', `${JSON.stringify(honest)}x`
  ]) t.throws(() => parseProof(text), { code: 'PROOF_MALFORMED' }, text.slice(0, 30))
  t.end()
})

t.test('no change of any value anywhere is accepted, and each gives a typed error', async (t) => {
  const leaves = [honest, listed].flatMap((shown) => listLeaves(shown).map((path) => ({ shown, path })))
  const changeable = leaves.filter(({ path }) => !['state', 'anchor.chain.name'].includes(path.join('.')))
  const junk = fc.oneof(fc.constantFrom('', null, true, -1, 0, 1, 2 ** 53, 1.5, 'ff'.repeat(32), 'ab'.repeat(20), {}, []), fc.string())
  await fc.assert(fc.asyncProperty(fc.constantFrom(...changeable), junk, async ({ shown, path }, value) => {
    const proof = structuredClone(shown)
    if (!replace(proof, path, value)) return
    // Who else could have signed, no signature says: that is pinned here, or read from the chain.
    const code = await codeOf(proof, { witnesses: honest.anchor.witnesses })
    if (code === 'accepted') throw new Error(`${path.join('.')} = ${JSON.stringify(value)} was accepted`)
  }), { numRuns: SLOW ? 20_000 : 500 })
  t.pass()
})

t.test('a proof holds no other event than its own', async (t) => {
  const block = recordedBlock(15)
  const proof = await makeProof({ blocks: [block], block: 15, index: 0, batchNumber: 1, domain, witnesses })
  const hidden = Buffer.from(block.envelopes[1] ?? [])
  const text = JSON.stringify(proof)
  const txId = /[0-9]{13}\.([0-9a-f]{64})/.exec(hidden.toString('latin1'))?.[1]
  t.match(txId, /^[0-9a-f]{64}$/)
  t.notOk(text.includes(txId ?? ''), 'its transaction is not named')
  t.notOk(text.includes(hidden.subarray(100, 160).toString('base64').slice(4, -4)))
})

function listLeaves (value: unknown, path: string[] = []): string[][] {
  if (typeof value !== 'object' || value === null) return [path]
  return Object.entries(value).flatMap(([key, member]) => listLeaves(member, [...path, key]))
}

/** False when the value is there already. */
function replace (target: unknown, path: readonly string[], value: unknown): boolean {
  const [key = '', ...rest] = path
  const holder = target as Record<string, unknown>
  if (rest.length > 0) return replace(holder[key], rest, value)
  if (holder[key] === value) return false
  holder[key] = value
  return true
}
