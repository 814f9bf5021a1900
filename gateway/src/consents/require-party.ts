import { isGrantee } from '@epione/protocol'
import type { Consent } from '@epione/protocol'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import { patientOf, practitionerOf } from '../http/caller.ts'
import { GatewayError } from '../errors.ts'
import { departmentOf } from '../staff/departments.ts'

/** @throws {GatewayError} NOT_PERMITTED unless the caller is the consent's patient or grantee, or a present member of that department */
export async function requireParty (app: FastifyInstance, request: FastifyRequest, { patientId, grantee }: Consent): Promise<void> {
  const patient = patientOf(request)
  if (patient === patientId) return
  if (patient !== undefined) throw new GatewayError('NOT_PERMITTED', 'the consent is another patient\'s')
  const self = practitionerOf(request)
  const isOne = isGrantee(grantee, self) && (grantee.kind !== 'department' || await departmentOf(app, self) === grantee.department)
  if (!isOne) throw new GatewayError('NOT_PERMITTED', 'the consent is granted to another person')
}
