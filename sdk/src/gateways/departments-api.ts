import type { SignedStatement } from '@epione/crypto'
import type { DepartmentState } from '@epione/protocol'
import { DEPARTMENTS } from '@epione/protocol/api'
import type { AnswerOf, Envelope } from '@epione/protocol/api'
import type { DepartmentId } from '@epione/protocol/verify'
import type { GatewayCalls } from './gateway-calls.ts'
import type { Authorize } from './gateway-info.ts'

/** A signed `Membership` with the envelopes that it names. */
export interface MembershipChange { statement: SignedStatement, envelopes: Envelope[] }

/** The routes of one gateway that are about departments. */
export class DepartmentsApi {
  readonly #calls: GatewayCalls

  constructor (calls: GatewayCalls) {
    this.#calls = calls
  }

  found (change: MembershipChange, authorize: Authorize): Promise<AnswerOf<typeof DEPARTMENTS.found>> {
    return this.#calls.ask(DEPARTMENTS.found, { body: change }, { authorize })
  }

  change (change: MembershipChange, authorize: Authorize): Promise<AnswerOf<typeof DEPARTMENTS.change>> {
    return this.#calls.ask(DEPARTMENTS.change, { body: change }, { authorize })
  }

  /** One version, by default the newest. */
  get ({ mspId, department }: DepartmentId, version?: number): Promise<DepartmentState> {
    return this.#calls.ask(DEPARTMENTS.get, { params: { mspId, department }, query: { version } })
  }

  getEnvelope (department: string, authorize: Authorize): Promise<AnswerOf<typeof DEPARTMENTS.getEnvelope>> {
    return this.#calls.ask(DEPARTMENTS.getEnvelope, { params: { department } }, { authorize })
  }

  listConsents (
    patientId: string | undefined, cursor: string | undefined, authorize: Authorize
  ): Promise<AnswerOf<typeof DEPARTMENTS.listConsents>> {
    return this.#calls.ask(DEPARTMENTS.listConsents, { query: { patientId, cursor } }, { authorize })
  }
}
