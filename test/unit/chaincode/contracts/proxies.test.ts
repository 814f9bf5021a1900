import t from 'tap'
import { SecretKey, outlineWrap, parseWrap, reencryptBatch, signAnswer, toHex } from '@epione/crypto'
import { FORMER_KEY_KEPT_MS, FORMER_KEYS_MAX, ORDER_TOLERANCE_MS } from '@epione/protocol'
import type { Accusation } from '@epione/protocol'
import { falsifyBatch } from '../../../helpers/falsify.ts'
import {
  activateConsent, bindPractitioner, keyHex, publishPatient, registerRecord, sign, signCustody, signRequest
} from '../../../helpers/ledger-fixtures.ts'
import { createMemoryWorld } from '../../../helpers/memory-world.ts'
import type { MemoryWorld } from '../../../helpers/memory-world.ts'

const registration = (signing: SecretKey): { encryptionKey: string, signingKey: string, gatewayUrl: string } =>
  ({ encryptionKey: keyHex(SecretKey.random()), signingKey: keyHex(signing), gatewayUrl: 'https://localhost:7001' })

await t.test('a proxy with a new key speaks with that key only', async (t) => {
  const world = await createMemoryWorld()
  const consent = await activateConsent(world, await publishPatient(world), await bindPractitioner(world))
  const next = SecretKey.random()
  await world.admin('Regional2MSP').ledger.registerProxy(registration(next))
  const gateway = world.gateway('Regional2MSP').ledger
  await t.rejects(gateway.confirmCustody(signCustody(world, consent, 'Regional2MSP')), { code: 'SIGNATURE_INVALID' })
  await gateway.confirmCustody(signCustody(world, consent, 'Regional2MSP', {}, next))
})

/** A false answer of the core hospital's proxy to an event, and a world whose clock can be moved. */
async function lie (): Promise<Lie> {
  let ahead = 0
  const world = await createMemoryWorld({ clock: () => Date.now() + ahead })
  const reader = await bindPractitioner(world)
  const patient = await publishPatient(world)
  const record = await registerRecord(world, reader, patient)
  const { consentId, kfrags } = await activateConsent(world, patient, reader)
  const [kfrag] = kfrags.get('CoreMSP') ?? []
  if (kfrag === undefined) throw new Error('the consent has a kfrag for every proxy')
  const cfrags = toHex(falsifyBatch(reencryptBatch([parseWrap(record.wrap, record.place).capsule], kfrag).toBytes()))
  const ask = async (): Promise<string> =>
    (await reader.ledger.requestAccess(signRequest(world, reader, patient, [record], consentId))).value.eventId
  const accuse = async (eventId: string, key: SecretKey): Promise<{ txId: string, value: Accusation }> => {
    const asked = { eventId, wrapHashes: [record.wrapHash], consentId, receivingKey: keyHex(reader.receiving) }
    const answer = signAnswer({ ...asked, kfragId: toHex(kfrag.id), cfrags }, world.networkId, key)
    return await reader.ledger.accuse({ eventId, mspId: 'CoreMSP', answer, wraps: [outlineWrap(record.wrap, record.place)] })
  }
  return { world, ask, accuse, wait: (ms) => { ahead += ms } }
}

interface Lie {
  world: MemoryWorld
  ask: () => Promise<string>
  accuse: (eventId: string, key: SecretKey) => Promise<{ txId: string, value: Accusation }>
  wait: (ms: number) => void
}

await t.test('a proxy does not escape an accusation by changing its key', async (t) => {
  const { world, ask, accuse } = await lie()
  const eventId = await ask()
  const former = world.proxySigner('CoreMSP')
  const { value: proxy } = await world.admin('CoreMSP').ledger.registerProxy(registration(SecretKey.random()))
  t.strictSame(proxy.formerSigningKeys, [{ key: keyHex(former), until: proxy.time }])
  const { value } = await accuse(eventId, former)
  t.equal(value.failure, 'CFRAG_PROOF_INVALID')
  const { value: again } = await world.admin('CoreMSP').ledger.registerProxy(registration(SecretKey.random()))
  t.match(again.conviction, { eventId, failure: 'CFRAG_PROOF_INVALID', txId: value.txId }, 'nor the conviction by a further one')
})

await t.test('whoever stole a former key convicts no proxy of answers to later events', async (t) => {
  const { world, ask, accuse, wait } = await lie()
  const former = world.proxySigner('CoreMSP')
  await world.admin('CoreMSP').ledger.registerProxy(registration(SecretKey.random()))
  wait(ORDER_TOLERANCE_MS + 1_000)
  await t.rejects(accuse(await ask(), former), { code: 'ACCUSATION_REFUSED', message: /did not sign/ })
})

await t.test('former keys are kept newest first, each once, and none is forgotten while somebody may still accuse', async (t) => {
  let ahead = 0
  const world = await createMemoryWorld({ clock: () => Date.now() + ahead })
  const { ledger } = world.admin('CoreMSP')
  const former = async (): Promise<string[] | undefined> =>
    (await ledger.getProxies()).find((p) => p.mspId === 'CoreMSP')?.formerSigningKeys.map(({ key }) => key)
  const keys = Array.from({ length: FORMER_KEYS_MAX }, () => SecretKey.random())
  for (const key of keys) await ledger.registerProxy(registration(key))
  const all = [world.proxySigner('CoreMSP'), ...keys].map(keyHex).reverse()
  t.strictSame(await former(), all.slice(1))
  const next = registration(SecretKey.random())
  await t.rejects(ledger.registerProxy(next), { code: 'ARGUMENT_INVALID', message: /30 days/ })
  const [last] = keys.slice(-1)
  if (last === undefined) throw new Error('keys were registered')
  await ledger.registerProxy(registration(last))
  t.strictSame(await former(), all.slice(1), 'the same key again, for another address')
  ahead = FORMER_KEY_KEPT_MS + 60_000
  await ledger.registerProxy(next)
  t.strictSame(await former(), all.slice(0, -1))
})

await t.test('a statement signed for another proxy\'s organisation is refused', async (t) => {
  const world = await createMemoryWorld()
  const releases = [{ eventId: `${'a'.repeat(32)}.0000000000000.${'0'.repeat(64)}`, wrapHashes: ['00'.repeat(32)] }]
  const receipt = sign(world, 'ReleaseReceipt', { mspId: 'CoreMSP', releases }, world.proxySigner('Regional1MSP'))
  await t.rejects(world.gateway('CoreMSP').ledger.recordRelease(receipt), { code: 'SIGNATURE_INVALID' })
})
