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
