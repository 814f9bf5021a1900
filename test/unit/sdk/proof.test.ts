import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import t from 'tap'
import { BearerToken, openCard } from '@epione/sdk'
import { makeProof } from '@epione/sdk/proof'
import type { ClientContext, Gateways, TokenContext } from '@epione/sdk'
import { fromHex } from '@epione/crypto'
import type { Proof } from '@epione/ledger/proof'
import { Typist } from '../../helpers/client/cli.ts'

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
  t.match(await anybody.run('verify', file, '--anchor', published, '--network-id', good.networkId), {
    exitCode: 0,
    json: { batch: 7, signedBy: [String, String], event: { eventId: good.event['eventId'] } }
  })
  t.match(await anybody.run('verify', file, '--chain-id', '1'), refused(4, { code: 'PROOF_FALSE', anchorCode: 'CHAIN_MISMATCH' }))
  t.match(
    await anybody.run('verify', file, '--contract', `0x${'ab'.repeat(20)}`),
    refused(4, { code: 'PROOF_FALSE', anchorCode: 'CONTRACT_MISMATCH' })
  )
  t.match(
    await anybody.run('verify', file, '--network-id', '00'.repeat(32)),
    refused(4, { code: 'PROOF_FALSE', anchorCode: 'NETWORK_MISMATCH' })
  )
})

t.test('a false proof, a pending one, and what is none each have an exit code and a reason', async (t) => {
  t.match(
    await anybody.run('verify', write('rejected.json', vector('rejected by the ledger'))),
    refused(4, { anchorCode: 'EVENT_NOT_VALID' })
  )
  t.match(await anybody.run('verify', write('short.json', vector('one signature'))), refused(4, { anchorCode: 'SIGNATURES_MISSING' }))
  t.match(await anybody.run('verify', write('pending.json', vector('in no batch yet'))), refused(3, { code: 'PROOF_PENDING' }))
  t.match(await anybody.run('verify', join(dir, 'absent.json')), refused(2, { code: 'FILE_UNREADABLE' }))
  t.match(
    await anybody.run('verify', write('good.json', good), '--rpc', 'http://127.0.0.1:9'),
    refused(5, { code: 'UNAVAILABLE', anchorCode: 'RPC_UNUSABLE' })
  )
  t.match(await anybody.run('verify', write('good.json', good), '--anchor', write('other.json', {})), { exitCode: 2 })
})

t.test('a file that came to harm on its way is damaged, and nobody is said to have lied', async (t) => {
  const text = JSON.stringify(good)
  const cases: Array<[string, string, string]> = [
    ['empty', '', 'empty'], [
      'blank', ' \n', 'empty'
    ], [
      'half', text.slice(0, text.length / 2), 'cut-off'
    ], ['one short', text.slice(0, -1), 'cut-off'], ['one over', `${text}x`, 'cut-off'],
    [
      'page', '<!DOCTYPE html><html><body>Sign in</body></html>', 'web-page'
    ], ['text', 'no proof', 'no-json'], ['list', '[]', 'other-type'], ['null', 'null', 'other-type'], ['number', '7', 'other-type'],
    [
      'object', '{}', 'other-type'
    ], [
      'card', '{"body":"{}","signatures":[]}', 'other-type'
    ], [
      'next', JSON.stringify({ ...good, version: 'epione-proof/2' }), 'other-version'
    ], ['number version', JSON.stringify({ ...good, version: 1 }), 'other-version']
  ]
  for (const [name, content, damage] of cases) {
    const answer = await anybody.run('verify', write('damaged.json', content))
    t.match(
      answer,
      refused(2, {
        code: 'FILE_DAMAGED',
        damage,
        message: damage === 'other-version' ? /with a program of that version/ : /get the file again/
      }),
      name
    )
    t.notMatch(answer.stdout, /\blie[sd]?\b|false/i, name)
  }
  t.match(
    await anybody.run('verify', write('member.json', { ...good, block: {} })),
    refused(2, { code: 'FILE_DAMAGED', anchorCode: 'PROOF_MALFORMED' })
  )
  t.match(await anybody.run('verify-evidence', write('cut.json', text.slice(0, 50))), { exitCode: 2 })
  t.match(await anybody.run('patient', 'init', '--network', write('network.json', '{"name":"x"')), { exitCode: 2 })
  t.throws(() => openCard({ networkId: fromHex(good.networkId) } as ClientContext, '{"body":"'), {
    code: 'FILE_DAMAGED',
    exitCode: 2,
    details: { damage: 'cut-off' }
  })
  t.throws(() => openCard({ networkId: fromHex(good.networkId) } as ClientContext, '{"body":1}'), { code: 'FILE_DAMAGED' })
})

/** An auditor whose gateway answers with the material of a recorded proof. */
function auditorAsking (
  { anchor, envelope, item, event, transaction: { path: txPath, ...transaction }, block, state }: Proof
): TokenContext {
  const { batchPath, ...rest } = anchor ?? { batchPath: [] }
  const shown = item === undefined ? { envelope } : { item: { ...item, event } }
  const material = { ...shown, transaction: { ...transaction, txPath }, block: { ...block, batchPath }, ...rest, state }
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

t.test('an event that came with other patients\' is proven by its place in their list', async (t) => {
  const listed = vector('one of three events of a list')
  const eventId = String(listed.event['eventId'])
  t.strictSame(await makeProof(auditorAsking(listed), eventId), { eventId, state: 'submitted', proof: listed })
  const other = vector('another event of the list')
  const refusal = { code: 'PROOF_FALSE', details: { anchorCode: 'EVENT_MISMATCH' } }
  await t.rejects(makeProof(auditorAsking(other), String(other.event['eventId'])), refusal)
  t.match(await anybody.run('verify', write('listed.json', listed)), { exitCode: 0, json: { event: { eventId } } })
  t.match(await anybody.run('verify', write('other.json', other)), refused(4, { code: 'PROOF_FALSE', anchorCode: 'EVENT_MISMATCH' }))
})

t.test('a gateway that gives another event, a false path or no event at all is refused', async (t) => {
  const eventId = String(good.event['eventId'])
  const other = vector('one of two transactions')
  await t.rejects(makeProof(auditorAsking(other), eventId), { code: 'PROOF_FALSE', details: { anchorCode: 'EVENT_MISMATCH' } })
  await t.rejects(makeProof(
    auditorAsking({ ...good, block: { ...good.block, number: 255 } }),
    eventId
  ), { code: 'PROOF_FALSE', details: { anchorCode: 'BLOCK_PATH_FALSE' } })
  await t.rejects(makeProof(auditorAsking({ ...good, envelope: 'bm8gZW52ZWxvcGU=' }), eventId), { code: 'PROOF_FALSE' })
})
