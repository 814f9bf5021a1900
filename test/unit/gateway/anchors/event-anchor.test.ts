import t from 'tap'
import { blockLeafHash, checkBlock, readEnvelope } from '@epione/ledger/blocks'
import type {} from '../../../../gateway/src/store/store-plugin.ts'
import { blockHeaderHash, blockLeaf, fromHex, leafHash, sha256, toHex, txLeaf, verifyInclusion } from '@epione/crypto'
import type { AccessEvent } from '@epione/protocol'
import { storeBatch } from '../../../../gateway/src/anchors/batches.ts'
import type { EventAnchor } from '@epione/protocol/api'
import { createBatch } from '../../../helpers/anchor-service.ts'
import { buildGateway, createConsortium } from '../../../helpers/gateway.ts'
import { bindPractitioner, publishPatient, registerRecord, signRequest } from '../../../helpers/ledger-fixtures.ts'

const AUDIT = 'user/AuditEvent.rs'

t.test('an access event comes with what proves that it is anchored', async (t) => {
  const consortium = await createConsortium(t)
  const gateway = await buildGateway(t, { consortium })
  const { world, blocks } = consortium
  const [patient, other] = [await publishPatient(world), await publishPatient(world)]
  const person = await bindPractitioner(world)
  // Two requests are ordered into one block, so that a path has a step.
  const records = [await registerRecord(world, person, patient), await registerRecord(world, person, other)]
  const statements = [signRequest(world, person, patient, records.slice(0, 1)), signRequest(world, person, other, records.slice(1))]
  const order = world.memory.hold()
  const committing = Promise.all(statements.map(async (statement) => (await person.ledger.requestAccess(statement))))
  order()
  const committed = await committing
  const [event, neighbour] = committed.map(({ value }) => value) as [AccessEvent, AccessEvent]
  const blockNumber = Number(committed[0]?.blockNumber)
  t.equal(Number(committed[1]?.blockNumber), blockNumber)
  await gateway.enrol('stranger')
  const bearer = `Bearer ${await gateway.token('auditor-wide', AUDIT)}`
  const ask = async (
    authorization: string,
    eventId = event.eventId
  ): Promise<{ status: number, body: EventAnchor & { code?: string } }> => {
    const response = await gateway.app.inject({ url: `/v1/access-events/${eventId}/anchor`, headers: { authorization } })
    return { status: response.statusCode, body: response.json() }
  }
  const block = await blocks.connect(consortium.network.networkId).blockHolding(event.txId)
  if (block === undefined) throw new Error('the event is in a block')
  const leaves = Array.from({ length: 5 }, (_, i) => sha256(Uint8Array.of(i))).with(2, blockLeafHash(block))
  const batch = createBatch(1, blockNumber - 2, leaves)

  t.test('it is pending while no batch holds its block', async (t) => {
    const { status, body } = await ask(bearer)
    t.equal(status, 200)
    t.equal(body.state, 'pending')
    t.same(Object.keys(body).sort(), ['block', 'envelope', 'state', 'transaction'])
    t.same(body.block.batchPath, [])
    t.match(body.transaction, { blockNumber, code: 0 })
    t.match(checkBlock(block, block.previousHash), { malformed: [] })
  })

  t.test('then its envelope leads to the batch\'s root', async (t) => {
    const chain = {
      ...batch.chain,
      transactionHash: toHex(leaves[0] ?? new Uint8Array()),
      blockNumber: 12,
      blockHash: toHex(leaves[1] ?? new Uint8Array())
    }
    await storeBatch(gateway.app.store.db, { ...batch, chain, state: 'included' })
    const { body } = await ask(bearer)
    const { witnesses, signatures } = batch
    t.match(body, { state: 'included', chain, witnesses, signatures })
    t.same(body.batch, { number: 1, firstBlock: blockNumber - 2, lastBlock: blockNumber + 2, root: batch.root })
    const envelope = new Uint8Array(Buffer.from(body.envelope ?? '', 'base64'))
    t.same(JSON.parse(new TextDecoder().decode(readEnvelope(envelope)?.event?.payload)), event)
    const { transaction: { index, code, txPath }, block: { previousHash, dataHash, commitHash, txRoot, txCount, batchPath } } = body
    t.equal(txCount, 2)
    t.doesNotThrow(() => {
      verifyInclusion({
        leafHash: leafHash(txLeaf(index, code, sha256(envelope))),
        index,
        treeSize: txCount,
        proof: txPath.map((h) => fromHex(h)),
        root: fromHex(txRoot)
      })
    })
    const headerHash = blockHeaderHash(blockNumber, fromHex(previousHash), fromHex(dataHash))
    const leaf = leafHash(blockLeaf({ number: blockNumber, headerHash, commitHash: fromHex(commitHash), txRoot: fromHex(txRoot) }))
    t.doesNotThrow(() => {
      verifyInclusion({
        leafHash: leaf,
        index: 2,
        treeSize: 5,
        proof: batchPath.map((h) => fromHex(h)),
        root: fromHex(batch.root)
      })
    })
    const text = Buffer.from(envelope).toString() + JSON.stringify(body)
    t.notOk(text.includes(neighbour.eventId) || text.includes(neighbour.patientId), 'nothing of its neighbour in the block')
  })

  t.test('whoever may not read the event learns nothing of it', async (t) => {
    t.match(await ask(gateway.session(patient)), { status: 200 })
    t.match(await ask(gateway.session(other)), { status: 404, body: { code: 'EVENT_UNKNOWN' } })
    t.match(await ask(`Bearer ${await gateway.token('stranger', AUDIT)}`), { status: 404, body: { code: 'EVENT_UNKNOWN' } })
    t.match(await ask(`Bearer ${await gateway.token('auditor-wide', 'user/Patient.c')}`), { status: 403, body: { code: 'SCOPE_MISSING' } })
    t.match(await gateway.app.inject({ url: `/v1/access-events/${event.eventId}/anchor` }), { statusCode: 401 })
    t.match(await ask(bearer, `${event.eventId.slice(0, -1)}${event.eventId.endsWith('0') ? '1' : '0'}`), { status: 404 })
  })

  t.test('a batch with another block in its place is not passed off as its proof', async (t) => {
    await storeBatch(gateway.app.store.db, createBatch(1, blockNumber - 2, leaves.with(2, sha256(Uint8Array.of(9)))))
    t.match(await ask(bearer), { status: 503, body: { code: 'ANCHOR_MISMATCH' } })
  })
})
