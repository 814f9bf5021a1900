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
import { stateRoutes } from './state/routes.ts'
import { streamRoutes } from './streams/routes.ts'
import { uploadRoutes } from './records/upload-routes.ts'
import { windowReaderRoutes } from './streams/follow-routes.ts'

const ROUTES = [
  healthRoutes, signInRoutes, networkRoutes, patientRoutes, guardianRoutes,
  recoveryRoutes, practitionerRoutes, departmentRoutes, recordRoutes, recordEndRoutes,
  uploadRoutes, searchRoutes, streamRoutes, windowReaderRoutes, accessEventRoutes,
  auditRoutes, noticeRoutes, consentRoutes, accessRequestRoutes, emergencyRoutes,
  anchorRoutes, peerRoutes, fhirRoutes, stateRoutes
]
/** Fastify names a plugin by it; without, it looks through all modules of the process for the one that this function is. */
const DISPLAY_NAME = Symbol.for('fastify.display-name')

/** Registers every route. Hooks and decorators are looked up when a request comes, so the API document needs no ledger. */
export async function registerRoutes (app: FastifyInstance): Promise<void> {
  for (const routes of ROUTES) await app.register(Object.assign(routes, { [DISPLAY_NAME]: routes.name }))
}
