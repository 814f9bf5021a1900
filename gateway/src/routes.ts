import type { FastifyInstance } from 'fastify'
import { accessEventRoutes } from './access/event-routes.ts'
import { accessRequestRoutes } from './access/request-routes.ts'
import { anchorRoutes } from './anchors/routes.ts'
import { noticeRoutes } from './audit/notices-routes.ts'
import { auditRoutes } from './audit/routes.ts'
import { consentRoutes } from './consents/routes.ts'
import { departmentRoutes } from './staff/department-routes.ts'
import { emergencyRoutes } from './emergencies/routes.ts'
import { fhirRoutes } from './fhir/routes.ts'
import { guardianRoutes } from './patients/guardian-routes.ts'
import { healthRoutes } from './http/health-routes.ts'
import { networkRoutes } from './ledger/network-routes.ts'
import { patientRoutes } from './patients/routes.ts'
import { peerRoutes } from './peers/routes.ts'
import { practitionerRoutes } from './staff/routes.ts'
import { recordEndRoutes } from './records/end-routes.ts'
import { recordRoutes } from './records/routes.ts'
import { recoveryRoutes } from './patients/recovery-routes.ts'
import { searchRoutes } from './search/routes.ts'
import { signInRoutes } from './http/sign-in-routes.ts'
import { streamRoutes } from './streams/routes.ts'
import { uploadRoutes } from './records/upload-routes.ts'
import { windowReaderRoutes } from './streams/follow-routes.ts'

/** Registers every route. Hooks and decorators are looked up when a request comes, so the API document needs no ledger. */
export async function registerRoutes (app: FastifyInstance): Promise<void> {
  await app.register(healthRoutes)
  await app.register(signInRoutes)
  await app.register(networkRoutes)
  await app.register(patientRoutes)
  await app.register(guardianRoutes)
  await app.register(recoveryRoutes)
  await app.register(practitionerRoutes)
  await app.register(departmentRoutes)
  await app.register(recordRoutes)
  await app.register(recordEndRoutes)
  await app.register(uploadRoutes)
  await app.register(searchRoutes)
  await app.register(streamRoutes)
  await app.register(windowReaderRoutes)
  await app.register(accessEventRoutes)
  await app.register(auditRoutes)
  await app.register(noticeRoutes)
  await app.register(consentRoutes)
  await app.register(accessRequestRoutes)
  await app.register(emergencyRoutes)
  await app.register(anchorRoutes)
  await app.register(peerRoutes)
  await app.register(fhirRoutes)
}
