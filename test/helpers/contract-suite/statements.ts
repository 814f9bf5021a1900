import { SecretKey, randomBytes, signStatement } from '@epione/crypto'
import {
  HOUR_MS, bindPractitioner, createBody, createPatient, directoryMembers, publishPatient, randomHash, sign,
  signRevocation
} from '../ledger-fixtures.ts'
import type { SignedStatement } from '@epione/protocol'
import type { Test } from 'tap'
import type { LedgerWorld } from '../ledger-world.ts'

/** What every statement keeps (PROTOCOL §4), shown on directories and revocations. */
export async function statementsSuite (t: Test, world: LedgerWorld): Promise<void> {
  const [core, regional] = world.members
  const desk = world.registrar(core).ledger
  const gateway = world.gateway(regional).ledger
  const signDirectory = (members: object, ...keys: SecretKey[]): SignedStatement => sign(world, 'KeyDirectory', members, ...keys)

  await t.test('an accepted statement is found by its id, an unknown one is not', async (t) => {
    const patient = await publishPatient(world)
    t.match(await gateway.findStatement(patient.directoryId), { id: patient.directoryId, type: 'KeyDirectory', submittedBy: core })
    t.equal(await gateway.findStatement(randomHash()), undefined)
    await t.rejects(gateway.findStatement('AB'), { code: 'ARGUMENT_INVALID' })
  })

  await t.test('a statement is accepted once, and the refusal names the transaction that took it', async (t) => {
    const patient = await publishPatient(world)
    const statement = signRevocation(world, patient, randomHash())
    const { txId } = await gateway.revokeConsent(statement)
    await t.rejects(gateway.revokeConsent(statement), { code: 'STATEMENT_REPLAYED', message: new RegExp(txId) })
  })

  await t.test('a malformed statement is refused', async (t) => {
    const patient = createPatient()
    const good = signDirectory(directoryMembers(patient), patient.identity)
    for (const broken of [
      { ...good, body: `${good.body} ` },
      { ...good, body: '{}' },
      { ...good, body: 'no json' },
      { ...good, signatures: [] },
      { ...good, extra: 1 }
    ]) await t.rejects(desk.publishDirectory(broken), { code: 'STATEMENT_INVALID' })
  })

  await t.test('a statement with an unknown or a missing member, or of another type, is refused', async (t) => {
    const patient = createPatient()
    const { kfragSigningKey: _, ...incomplete } = directoryMembers(patient)
    await t.rejects(desk.publishDirectory(
      signDirectory({ ...directoryMembers(patient), nickname: 'x' }, patient.identity)
    ), { code: 'STATEMENT_INVALID', message: /nickname|additional/i })
    await t.rejects(desk.publishDirectory(
      signDirectory(incomplete, patient.identity)
    ), { code: 'STATEMENT_INVALID', message: /kfragSigningKey/ })
    await t.rejects(desk.publishDirectory(
      signRevocation(world, patient, randomHash())
    ), { code: 'STATEMENT_INVALID', message: /Revocation/ })
  })

  await t.test('a signature that does not verify, or verifies on another network, is refused', async (t) => {
    const patient = createPatient()
    const good = signDirectory(directoryMembers(patient), patient.identity)
    const other = signDirectory(directoryMembers(patient), patient.identity)
    await t.rejects(desk.publishDirectory({ body: good.body, signatures: other.signatures }), { code: 'SIGNATURE_INVALID' })
    const elsewhere = signStatement({
      type: 'KeyDirectory',
      networkId: randomBytes(32),
      body: createBody(world, 'KeyDirectory', directoryMembers(patient)),
      keys: [patient.identity]
    })
    await t.rejects(desk.publishDirectory(elsewhere), { code: 'SIGNATURE_INVALID' })
  })

  await t.test('a signature of the wrong key, or one too many, is refused', async (t) => {
    const patient = createPatient()
    await t.rejects(desk.publishDirectory(signDirectory(directoryMembers(patient), SecretKey.random())), { code: 'SIGNATURE_INVALID' })
    await t.rejects(desk.publishDirectory(
      signDirectory(directoryMembers(patient), patient.identity, SecretKey.random())
    ), { code: 'SIGNATURE_INVALID' })
  })

  await t.test('a statement is refused before its time, after its end, and with a life over 24 h', async (t) => {
    const patient = createPatient()
    const now = world.now()
    const at = (
      issuedAt: number,
      submitBefore: number
    ): SignedStatement => signDirectory({ ...directoryMembers(patient), issuedAt, submitBefore }, patient.identity)
    await t.rejects(desk.publishDirectory(at(now + 120_000, now + HOUR_MS)), { code: 'STATEMENT_NOT_YET_VALID' })
    await t.rejects(desk.publishDirectory(at(now - 2 * HOUR_MS, now - HOUR_MS)), { code: 'STATEMENT_EXPIRED' })
    await t.rejects(desk.publishDirectory(at(now, now + 24 * HOUR_MS + 1)), { code: 'STATEMENT_INVALID' })
    await t.rejects(desk.publishDirectory(at(now, now - 1)), { code: 'STATEMENT_INVALID' })
    await desk.publishDirectory(at(now - 23 * HOUR_MS, now + HOUR_MS))
  })

  await t.test('a statement of another role than may submit it is refused', async (t) => {
    const patient = await publishPatient(world)
    const { ledger } = await bindPractitioner(world)
    await t.rejects(ledger.revokeConsent(signRevocation(world, patient, randomHash())), { code: 'NOT_AUTHORIZED' })
  })
}
