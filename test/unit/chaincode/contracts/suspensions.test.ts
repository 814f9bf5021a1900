import { X509Certificate } from 'node:crypto'
import t from 'tap'
import { createCertificate } from '../../../helpers/certificates.ts'
import { suspensionsSuite } from '../../../helpers/contract-suite/suspensions.ts'
import { bindPractitioner, publishPatient, registerRecord } from '../../../helpers/ledger-fixtures.ts'
import { createMemoryWorld } from '../../../helpers/memory-world.ts'

const world = await createMemoryWorld({ endorsers: 2 })
await suspensionsSuite(t, world)

await t.test('a certificate that ended is refused, another one of the same person is not', async (t) => {
  const author = await bindPractitioner(world)
  const patient = await publishPatient(world)
  await registerRecord(world, author, patient)
  const { mspId, staffId } = author
  const certificate = createCertificate({ commonName: staffId, units: ['client', 'staff'], attributes: { role: 'physician' } })
  const serial = new X509Certificate(certificate).serialNumber.toLowerCase()
  await world.registrar(mspId).ledger.suspendStaff({ staffId, target: { kind: 'certificate', serial }, cause: 'compromised' })
  await t.rejects(registerRecord(world, author, patient), { code: 'SUSPENDED', message: /this certificate is suspended/ })
  const renewed = world.actor({ mspId, staffId, role: 'physician', department: 'cardiology' })
  await registerRecord(world, { ...author, ledger: renewed.ledger }, patient)
})

await t.test('an office that ended acts and reads no more: a stolen registration desk cannot go on ending others', async (t) => {
  const office = (staffId: string, role: string): ReturnType<typeof world.actor> => world.actor({ mspId: 'CoreMSP', staffId, role })
  const { staffId } = await bindPractitioner(world, { mspId: 'CoreMSP' })
  const registrar = world.registrar('CoreMSP').ledger
  const left = { target: { kind: 'person' }, cause: 'left' } as const
  const [desk, auditor] = [office('registrar-2', 'registrar'), office('auditor-2', 'auditor')]
  await auditor.ledger.getBinding('CoreMSP', staffId)
  for (const who of [desk, auditor]) await registrar.suspendStaff({ staffId: who.staffId, ...left })
  await t.rejects(desk.ledger.suspendStaff({ staffId, ...left }), { code: 'SUSPENDED', message: /registrar-2 is suspended/ })
  await t.rejects(auditor.ledger.getBinding('CoreMSP', staffId), { code: 'SUSPENDED' })
  t.equal((await world.gateway('CoreMSP').ledger.getBinding('CoreMSP', staffId)).suspensions, undefined)
})

await t.test('nobody ends the registration desk that they speak through: its hospital would have none left', async (t) => {
  const { staffId, ledger } = world.registrar('CoreMSP')
  await t.rejects(ledger.suspendStaff({ staffId, target: { kind: 'person' }, cause: 'error' }), { code: 'NOT_AUTHORIZED', message: /another registrar/ })
  await ledger.suspendStaff({ staffId, target: { kind: 'certificate', serial: '0101' }, cause: 'lost' })
  await ledger.suspendStaff({ staffId: 's-somebody', target: { kind: 'person' }, cause: 'left' })
})
