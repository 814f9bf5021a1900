import { SecretKey } from '@epione/crypto'
import { SUSPENSIONS_MAX } from '@epione/protocol'
import type { SuspensionEntry } from '@epione/protocol'
import type { Test } from 'tap'
import {
  activateConsent, bindPractitioner, createManifest, publishPatient, registerRecord, sign, signBinding, signRequest
} from '../ledger-fixtures.ts'
import type { TestPractitioner } from '../ledger-fixtures.ts'
import type { LedgerWorld } from '../ledger-world.ts'

type Target = SuspensionEntry['target']

/** Ends of people, certificates and keys, and what each keeps from happening. */
export async function suspensionsSuite (t: Test, world: LedgerWorld): Promise<void> {
  const [core, regional] = world.members
  const registrar = world.registrar(core).ledger
  const author = await bindPractitioner(world)
  const patient = await publishPatient(world)
  const record = await registerRecord(world, author, patient)

  /** A physician with a consent that permits, and what they then do. */
  async function hire (): Promise<{ reader: TestPractitioner, ask: () => Promise<unknown>, write: () => Promise<unknown> }> {
    const reader = await bindPractitioner(world)
    const { consentId } = await activateConsent(world, patient, reader)
    return {
      reader,
      ask: () => reader.ledger.requestAccess(signRequest(world, reader, patient, [record], consentId)),
      write: () => reader.ledger.registerRecord(sign(world, 'RecordManifest', createManifest(reader, patient).members, reader.requestSigning))
    }
  }
  const own = (person: TestPractitioner, target: Target, key = person.requestSigning): ReturnType<typeof sign> =>
    sign(world, 'Suspension', { mspId: person.mspId, staffId: person.staffId, target, cause: 'lost' }, key)

  await t.test('a registrar ends a member of the own staff: no request, no record, no new key from then on', async (t) => {
    const { reader, ask, write } = await hire()
    t.match(await ask(), { value: { decision: 'permit' } })
    await write()
    const said = { staffId: reader.staffId, target: { kind: 'person' }, cause: 'left' } as const
    const { value, txId } = await registrar.suspendStaff(said)
    t.match(value, { mspId: core, ...said, txId, by: { registrar: world.registrar(core).staffId } })
    await t.rejects(ask(), { code: 'SUSPENDED', message: /is suspended, for good/ })
    await t.rejects(write(), { code: 'SUSPENDED' })
    const next = { ...reader, receiving: SecretKey.random(), requestSigning: SecretKey.random() }
    await t.rejects(reader.ledger.bindKeys(signBinding(world, next, 2, reader.requestSigning)), { code: 'SUSPENDED' })
    t.strictSame((await world.gateway(regional).ledger.getBinding(core, reader.staffId)).suspensions, [value])
    t.strictSame((await registrar.suspendStaff({ ...said, cause: 'error' })).value, value, 'the first one stays')
  })

  await t.test('a person ends a key of their own, through any hospital, by the request key that is bound', async (t) => {
    const { reader, ask } = await hire()
    const target = { kind: 'key', key: reader.receiving.publicKey().toHex() } as const
    const statement = own(reader, target)
    const { value } = await world.gateway(regional).ledger.suspend(statement)
    t.match(value, { staffId: reader.staffId, target, cause: 'lost', by: { statement: { statement } } })
    await t.rejects(ask(), { code: 'SUSPENDED' })
    const again = await registrar.suspendStaff({ staffId: reader.staffId, target, cause: 'error' })
    t.strictSame(again.value, value, 'the first one stays, whoever says it next and in whatever order of members')
    await t.rejects(world.gateway(core).ledger.suspend(statement), { code: 'STATEMENT_REPLAYED' })
  })

  await t.test('a key that is not bound, and a certificate that is not used, keep nobody from anything', async (t) => {
    const { reader, ask } = await hire()
    await world.gateway(core).ledger.suspend(own(reader, { kind: 'key', key: SecretKey.random().publicKey().toHex() }))
    await world.gateway(core).ledger.suspend(own(reader, { kind: 'certificate', serial: '0102' }))
    t.match(await ask(), { value: { decision: 'permit' } })
    t.equal((await world.gateway(core).ledger.getBinding(core, reader.staffId)).suspensions?.length, 2)
  })

  await t.test('whoever binds no keys can be ended before they do', async (t) => {
    const newcomer = await world.enroll({ mspId: core, role: 'physician' })
    await registrar.suspendStaff({ staffId: newcomer.staffId, target: { kind: 'person' }, cause: 'error' })
    const keys = { ...newcomer, receiving: SecretKey.random(), requestSigning: SecretKey.random() }
    await t.rejects(newcomer.ledger.bindKeys(signBinding(world, keys)), { code: 'SUSPENDED' })
  })

  await t.test('nobody ends another', async (t) => {
    const { reader, ask } = await hire()
    const said = { staffId: reader.staffId, target: { kind: 'person' }, cause: 'left' } as const
    const desk = world.gateway(core).ledger
    await t.rejects(desk.suspend(own(reader, said.target, author.requestSigning)), { code: 'SIGNATURE_INVALID' })
    await t.rejects(desk.suspend(own(reader, said.target, reader.receiving)), { code: 'SIGNATURE_INVALID' })
    await t.rejects(desk.suspend(own({ ...reader, staffId: 's-nobody' }, said.target)), { code: 'BINDING_MISSING' })
    for (const who of [author, reader, world.gateway(core), world.admin(core)]) {
      await t.rejects(who.ledger.suspendStaff(said), { code: 'NOT_AUTHORIZED' })
    }
    await world.registrar(regional).ledger.suspendStaff(said)
    t.match(await ask(), { value: { decision: 'permit' } }, 'a registrar ends staff of the own hospital alone')
    await t.rejects(registrar.suspendStaff({ ...said, staffId: '' }), { code: 'ARGUMENT_INVALID' })
    await t.rejects(author.ledger.suspend(own(author, said.target)), { code: 'NOT_AUTHORIZED' }, 'a hospital\'s desk brings it')
  })

  await t.test('the last place in a person\'s list is the person\'s', async (t) => {
    const { staffId } = await world.enroll({ mspId: core })
    const add = (target: Target): Promise<unknown> => registrar.suspendStaff({ staffId, target, cause: 'lost' })
    for (let n = 1; n < SUSPENSIONS_MAX; n += 1) await add({ kind: 'certificate', serial: (0x1000 + n).toString(16) })
    await t.rejects(add({ kind: 'certificate', serial: '2000' }), { code: 'SUSPENSION_CONFLICT', message: /suspend the person/ })
    await add({ kind: 'person' })
  })
}
