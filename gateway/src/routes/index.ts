import type { FastifyInstance } from 'fastify'
import { accessEventRoutes } from './access-events/index.ts'
import { accessRequestRoutes } from './access-requests/index.ts'
import { anchorRoutes } from './anchors/index.ts'
import { answerRoutes } from './answers/index.ts'
import { consentRoutes } from './consents/index.ts'
import { contentRoutes } from './contents/index.ts'
import { guardianRoutes } from './guardians/index.ts'
import { healthRoutes } from './health/index.ts'
import { networkRoutes } from './network/index.ts'
import { patientRoutes } from './patients/index.ts'
import { patientSafetyRoutes } from './patient-safety/index.ts'
import { peerRoutes } from './peer/index.ts'
import { practitionerRoutes } from './practitioners/index.ts'
import { recordRoutes } from './records/index.ts'
import { recoveryRoutes } from './recoveries/index.ts'
import { revocationRoutes } from './revocations/index.ts'
import { rewrapRoutes } from './rewraps/index.ts'
import { statementRoutes } from './statements/index.ts'

/** Registers every route. Hooks and decorators are looked up when a request comes, so the API document needs no ledger. */
export async function registerRoutes (app: FastifyInstance): Promise<void> {
  await app.register(healthRoutes)
  await app.register(networkRoutes)
  await app.register(statementRoutes)
  await app.register(patientRoutes)
  await app.register(patientSafetyRoutes)
  await app.register(guardianRoutes)
  await app.register(recoveryRoutes)
  await app.register(practitionerRoutes)
  await app.register(contentRoutes)
  await app.register(recordRoutes)
  await app.register(rewrapRoutes)
  await app.register(accessEventRoutes)
  await app.register(consentRoutes)
  await app.register(revocationRoutes)
  await app.register(accessRequestRoutes)
  await app.register(answerRoutes)
  await app.register(anchorRoutes)
  await app.register(peerRoutes)
}
