import { DEPARTMENTS } from '@epione/protocol/api'
import type { FastifyPluginCallback } from 'fastify'
import { showConsents } from '../consents/show-consent.ts'
import { practitionerOf } from '../http/caller.ts'
import { originOf } from '../http/origin.ts'
import { toLedgerPage } from '../http/paging.ts'
import { serve } from '../http/serve.ts'
import { departmentOf, ownEnvelope, putDepartment } from './departments.ts'

export const departmentRoutes: FastifyPluginCallback = (app, _options, done) => {
  app.route(serve(DEPARTMENTS.found, async ({ body }) =>
    await putDepartment(app, body, () => app.ledger.registrar.foundDepartment(body.statement))))

  app.route(serve(DEPARTMENTS.change, async (request) => {
    const { body } = request
    const ledger = await app.ledger.as(request)
    return await putDepartment(app, body, () => ledger.changeDepartment(body.statement))
  }))

  app.route(serve(DEPARTMENTS.get, async (request) => {
    const { params: { mspId, department }, query: { version } } = request
    return await app.openReads.read(`department ${mspId} ${department} ${String(version ?? '')}`, originOf(request), () =>
      app.ledger.gateway.getDepartment(mspId, department, version))
  }))

  app.route(serve(DEPARTMENTS.getEnvelope, async (request) => await ownEnvelope(app, practitionerOf(request), request.params.department)))

  app.route(serve(DEPARTMENTS.listConsents, async (request) => {
    const self = practitionerOf(request)
    const department = await departmentOf(app, self)
    if (department === undefined) return { items: [] }
    const { patientId, ...page } = request.query
    return await showConsents(app, await app.ledger.gateway.listConsentsByDepartment(self.mspId, department, {
      ...toLedgerPage(page),
      ...(patientId !== undefined && { patientId })
    }))
  }))
  done()
}
