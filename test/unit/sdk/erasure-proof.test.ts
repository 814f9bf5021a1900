import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import t from 'tap'
import { eraseRecords, readErasure, withdrawRecord } from '@epione/sdk'
import { certifyErasure, verifyErasure } from '@epione/sdk/erasure-proof'
import type { ProvenCertificate } from '@epione/sdk/erasure-proof'
import { blockLeafHash } from '@epione/ledger/blocks'
import { storeBatch } from '../../../gateway/src/anchors/batches.ts'
import { addressesOf, makeWitnesses, signBatch } from '../../helpers/anchor.ts'
import { createBatch } from '../../helpers/anchor-service.ts'
import { Typist } from '../../helpers/client/cli.ts'
import { Hospitals, writeRecord } from '../../helpers/client/hospitals.ts'
import type { Hospital } from '../../helpers/client/hospitals.ts'
import { until } from '../../helpers/sharing.ts'

const hospitals = await Hospitals.open(t)
const { core, regional1 } = hospitals
const { networkId } = hospitals.consortium.network
const author = await hospitals.physician(core)
const anybody = new Typist(join(t.testdir(), 'anybody'), '')
const witnesses = makeWitnesses(3)
const domain = { chainId: 31337, contract: `0x${'c0'.repeat(20)}`, networkId } as const
const bare = (address: string): string => address.slice(2).toLowerCase()
let batches = 0

/** The block of a transaction is anchored, as this hospital sees it. */
async function anchor (hospital: Hospital, txId: string): Promise<void> {
  const block = await hospitals.consortium.blocks.connect(networkId).blockHolding(txId)
  if (block === undefined) throw new Error('the transaction is in a block')
  const batch = createBatch(++batches, Number(block.number), [blockLeafHash(block)])
  const { number, root } = batch
  const said = { number: BigInt(number), firstBlock: block.number, lastBlock: block.number, root }
  const signed = await signBatch(witnesses.slice(0, 2), domain, said)
  await storeBatch(hospital.gateway.app.store.db, {
    ...batch,
    witnesses: addressesOf(witnesses).map(bare),
    signatures: signed.map(({ witness, signature }) => ({ witness: bare(witness), signature })),
    chain: { name: 'local', chainId: domain.chainId, contract: bare(domain.contract) },
    state: 'final'
  })
}

const patient = await hospitals.patient()
const recordId = await writeRecord(author, patient, 'to be erased')
await eraseRecords(patient, [{ recordId }])
await until(async () => (await readErasure(patient, { recordId })).shown.complete)
const pending = await certifyErasure(patient, { recordId })
for (const { txId } of [pending.certificate.statements.order, ...pending.certificate.statements.destructions]) await anchor(regional1, txId)
const { certificate } = await certifyErasure(patient, { recordId })
const pins = { pins: { networkId, chainId: domain.chainId, contract: bare(domain.contract), witnesses: addressesOf(witnesses).map(bare) } }

t.test('a certificate without anchors says so, and one hospital that has them is enough', async (t) => {
  t.match(pending, { state: 'pending', warnings: [/no anchored batch/], certificate: { proofs: { destructions: { length: 3 } } } })
  await t.rejects(verifyErasure(pending.certificate, pins), { code: 'PROOF_PENDING' })
  t.match(await certifyErasure(patient, { recordId }), { state: 'final', warnings: [] })
  const { certificate: { proofs: _, ...without } } = await certifyErasure(patient, { recordId })
  await t.rejects(verifyErasure(without, pins), { code: 'PROOF_PENDING' })
})

t.test('anybody verifies from the file what was destroyed, by whom and since which block', async (t) => {
  const verdict = await verifyErasure(certificate, pins)
  t.match(verdict, { state: 'signed', cause: 'erased', patientId: patient.patientId, versions: [{ recordId, version: 1 }], pending: [] })
  t.strictSame(verdict.destroyed.map(({ mspId }) => mspId), ['CoreMSP', 'Regional1MSP', 'Regional2MSP'])
  t.ok(verdict.destroyed.every(({ block, batch }) => block > 0 && batch > 0))
  const file = join(t.testdir(), 'certificate.json')
  writeFileSync(file, JSON.stringify(certificate))
  const refused = (exitCode: number, error: object): object => ({ exitCode, json: { error } })
  const good = { orderId: certificate.orderId, state: 'signed' }
  t.match(await anybody.run('verify', file, '--chain-id', '31337'), { exitCode: 0, json: good })
  t.match(await anybody.run('verify', file, '--chain-id', '1'), refused(4, { code: 'PROOF_FALSE', anchorCode: 'CHAIN_MISMATCH' }))
  t.match(await anybody.run('verify', file, '--network-id', '00'.repeat(32)), refused(4, { anchorCode: 'NETWORK_MISMATCH' }))
  writeFileSync(file, readFileSync(file, 'utf8').slice(0, 900))
  t.match(await anybody.run('verify', file), { exitCode: 2, json: { error: { code: 'FILE_DAMAGED' } } })
})

t.test('whatever is changed in it is refused', async (t) => {
  const other = await writeRecord(author, patient, 'withdrawn')
  await withdrawRecord(author, { recordId: other, cause: 'wrong-patient' })
  await until(async () => (await readErasure(author, { recordId: other })).shown.complete)
  const { certificate: withdrawn } = await certifyErasure(author, { recordId: other })
  const cases: [string, (c: ProvenCertificate) => void][] = [
    ['the record', (c) => { c.versions = withdrawn.versions }],
    ['the cause', (c) => { c.cause = 'withdrawn' }],
    ['the patient', (c) => { c.patientId = 'a'.repeat(32) }],
    ['the order', (c) => { c.statements.order = withdrawn.statements.order }],
    ['all but the proofs', (c) => { Object.assign(c, { ...withdrawn, proofs: c.proofs }) }],
    ['a day of backups', (c) => { for (const d of c.destroyed) d.backupsGoneBy += 1 }],
    ['a hospital less', (c) => { c.destroyed.pop() }],
    ['a hospital\'s name', (c) => { for (const d of c.destroyed) d.mspId = 'OtherMSP' }],
    ['two hospitals\' proofs', (c) => { c.proofs.destructions.reverse() }],
    ['a proof of another kind', (c) => { c.proofs.order = c.proofs.destructions[0] ?? c.proofs.order }],
    ['a proof less', (c) => { c.proofs.destructions.pop() }],
    ['a signature', (c) => {
      const [first, second] = c.statements.destructions
      if (first !== undefined && second !== undefined) first.statement = { ...first.statement, signatures: second.statement.signatures }
    }],
    ['when the ledger took it', (c) => { c.statements.order.time += 1 }]
  ]
  for (const [what, change] of cases) {
    const changed = structuredClone(certificate)
    change(changed)
    await t.rejects(verifyErasure(changed, pins), { code: 'PROOF_FALSE' }, what)
  }
  await t.rejects(verifyErasure({ ...certificate, format: 'epione-erasure/2' }, pins), { code: 'FILE_DAMAGED' })
  await t.rejects(verifyErasure({ ...certificate, versions: 1 }, pins), { code: 'FILE_DAMAGED' })
})
