import type { SignedStatement } from '@epione/crypto'
import type { PatientSafety, RecordOrder } from '@epione/protocol'
import { GUARDIANS, PATIENTS, RECORDS, RECOVERIES } from '@epione/protocol/api'
import type { AnswerOf, Escrow, KeptEscrow } from '@epione/protocol/api'
import type { Authorize } from './gateway-info.ts'
import type { GatewayCalls } from './gateway-calls.ts'

/** Where statements go that the patient or enough guardians sign. */
const GUARDED = { Freeze: RECOVERIES.freeze, Unfreeze: RECOVERIES.unfreeze, RecoveryStop: RECOVERIES.stop } as const

/** Routes of one gateway that protect a patient's keys (rotation, guardians, recovery, freeze, hand-over), and those that end records. */
export class LifetimeApi {
  readonly #calls: GatewayCalls

  constructor (calls: GatewayCalls) {
    this.#calls = calls
  }

  publishDirectory (patientId: string, statement: SignedStatement, id: string): Promise<AnswerOf<typeof PATIENTS.updateDirectory>> {
    return this.#calls.ask(PATIENTS.updateDirectory, { params: { patientId }, body: { statement } }, { key: id })
  }

  activateDirectory (patientId: string): Promise<AnswerOf<typeof PATIENTS.activateDirectory>> {
    return this.#calls.ask(PATIENTS.activateDirectory, { params: { patientId } })
  }

  succeed (patientId: string, statement: SignedStatement, id: string): Promise<AnswerOf<typeof PATIENTS.succeed>> {
    return this.#calls.ask(PATIENTS.succeed, { params: { patientId }, body: { statement } }, { key: id })
  }

  represent (
    patientId: string,
    statement: SignedStatement,
    id: string,
    authorize: Authorize
  ): Promise<AnswerOf<typeof PATIENTS.represent>> {
    return this.#calls.ask(PATIENTS.represent, { params: { patientId }, body: { statement } }, { key: id, authorize })
  }

  endRepresentation (patientId: string, statement: SignedStatement, id: string): Promise<AnswerOf<typeof PATIENTS.endRepresentation>> {
    return this.#calls.ask(PATIENTS.endRepresentation, { params: { patientId }, body: { statement } }, { key: id })
  }

  changeDelegates (patientId: string, statement: SignedStatement, id: string): Promise<AnswerOf<typeof PATIENTS.changeDelegates>> {
    return this.#calls.ask(PATIENTS.changeDelegates, { params: { patientId }, body: { statement } }, { key: id })
  }

  endRepresentationInPerson (
    patientId: string, representationId: string, authorize: Authorize
  ): Promise<AnswerOf<typeof PATIENTS.endRepresentationInPerson>> {
    return this.#calls.ask(PATIENTS.endRepresentationInPerson, { params: { patientId, representationId } }, { authorize })
  }

  getSafety (patientId: string): Promise<PatientSafety> {
    return this.#calls.ask(GUARDIANS.getSafety, { params: { patientId } })
  }

  putGuardians (
    patientId: string,
    statement: SignedStatement,
    escrow: Escrow,
    id: string
  ): Promise<AnswerOf<typeof GUARDIANS.publish>> {
    return this.#calls.ask(GUARDIANS.publish, { params: { patientId }, body: { statement, escrow } }, { key: id })
  }

  depositEscrow (patientId: string, statement: SignedStatement, escrow: Escrow): Promise<AnswerOf<typeof GUARDIANS.depositEscrow>> {
    return this.#calls.ask(GUARDIANS.depositEscrow, { params: { patientId }, body: { statement, escrow } })
  }

  getEscrow (patientId: string, authorize: Authorize): Promise<KeptEscrow> {
    return this.#calls.ask(GUARDIANS.getEscrow, { params: { patientId } }, { authorize })
  }

  getShare (patientId: string, index: number, issue: number): Promise<AnswerOf<typeof GUARDIANS.getShare>> {
    return this.#calls.ask(GUARDIANS.getShare, { params: { patientId, index }, query: { issue } })
  }

  requestRecovery (patientId: string, statement: SignedStatement, id: string): Promise<AnswerOf<typeof RECOVERIES.request>> {
    return this.#calls.ask(RECOVERIES.request, { params: { patientId }, body: { statement } }, { key: id })
  }

  stopInPerson (patientId: string, requestId: string, authorize: Authorize): Promise<AnswerOf<typeof RECOVERIES.stopInPerson>> {
    return this.#calls.ask(RECOVERIES.stopInPerson, { params: { patientId, requestId } }, { authorize })
  }

  getBackup (patientId: string, requestId: string): Promise<AnswerOf<typeof RECOVERIES.getBackup>> {
    return this.#calls.ask(RECOVERIES.getBackup, { params: { patientId, requestId } })
  }

  submitGuarded (
    type: keyof typeof GUARDED,
    patientId: string,
    statement: SignedStatement,
    id: string
  ): Promise<AnswerOf<(typeof GUARDED)[typeof type]>> {
    return this.#calls.ask(GUARDED[type], { params: { patientId }, body: { statement } }, { key: id })
  }

  rewrap (
    recordId: string,
    version: number,
    sealed: { statement: SignedStatement, wrap: string, entry?: string },
    id: string,
    authorize: Authorize
  ): Promise<AnswerOf<typeof RECORDS.rewrap>> {
    return this.#calls.ask(RECORDS.rewrap, { params: { recordId, version }, body: sealed }, { key: id, authorize })
  }

  erase (statement: SignedStatement, id: string): Promise<AnswerOf<typeof RECORDS.erase>> {
    return this.#calls.ask(RECORDS.erase, { body: { statement } }, { key: id })
  }

  withdraw (statement: SignedStatement, id: string, authorize: Authorize): Promise<AnswerOf<typeof RECORDS.withdraw>> {
    return this.#calls.ask(RECORDS.withdraw, { body: { statement } }, { key: id, authorize })
  }

  getOrderAnchors (orderId: string, authorize: Authorize): Promise<AnswerOf<typeof RECORDS.getOrderAnchors>> {
    return this.#calls.ask(RECORDS.getOrderAnchors, { params: { orderId } }, { authorize })
  }

  getOrder (orderId: string, authorize: Authorize): Promise<RecordOrder> {
    return this.#calls.ask(RECORDS.getOrder, { params: { orderId } }, { authorize })
  }
}
