import type { SignedStatement } from '@epione/crypto'
import { PatientSafety } from '@epione/protocol'
import { RECORDS } from '@epione/protocol/api'
import type { AnswerOf } from '@epione/protocol/api'
import type { Static } from 'typebox'
import type { Authorize } from './gateway-info.ts'
import { toQuery } from './gateway-calls.ts'
import type { GatewayCalls } from './gateway-calls.ts'
import { DirectoryWritten } from './gateway-schemas.ts'
import * as schemas from './lifetime-schemas.ts'

/** What hospitals keep for a patient's guardians, in hex: the encrypted entropy and the sealed shares in the statement's order. */
export interface Escrow { backup: string, shares: string[] }

/** What one hospital says that it keeps; null where nothing lies. */
export type KeptEscrow = Static<typeof schemas.KeptEscrow>

/** Where statements go that the patient or enough guardians sign. */
const GUARDED_PATHS = { Freeze: 'freeze', Unfreeze: 'unfreeze', RecoveryStop: 'recoveries/stops' } as const

type Written = Promise<Static<typeof schemas.StatementWritten>>

/** Routes of one gateway that protect a patient's keys: rotation, guardians, recovery, freeze, hand-over. */
export class LifetimeApi {
  readonly #calls: GatewayCalls

  constructor (calls: GatewayCalls) {
    this.#calls = calls
  }

  publishDirectory (patientId: string, statement: SignedStatement, id: string): Promise<Static<typeof DirectoryWritten>> {
    return this.#calls.send(path(patientId, 'directory'), { statement }, DirectoryWritten, { method: 'PUT', key: id })
  }

  activateDirectory (patientId: string): Written {
    return this.#calls.send(path(patientId, 'directory/activation'), {}, schemas.StatementWritten)
  }

  getSafety (patientId: string): Promise<PatientSafety> {
    return this.#calls.get(path(patientId, 'recovery'), PatientSafety)
  }

  putGuardians (patientId: string, statement: SignedStatement, escrow: Escrow, id: string): Written {
    return this.#calls.send(path(patientId, 'guardians'), { statement, escrow }, schemas.StatementWritten, { method: 'PUT', key: id })
  }

  depositEscrow (patientId: string, statement: SignedStatement, escrow: Escrow): Promise<Static<typeof schemas.EscrowDeposited>> {
    return this.#calls.send(path(patientId, 'guardians/escrow'), { statement, escrow }, schemas.EscrowDeposited, { method: 'PUT' })
  }

  getEscrow (patientId: string, authorize: Authorize): Promise<KeptEscrow> {
    return this.#calls.get(path(patientId, 'recovery/escrow'), schemas.KeptEscrow, authorize)
  }

  getShare (patientId: string, index: number, issue: number): Promise<Static<typeof schemas.SealedShare>> {
    return this.#calls.get(`${path(patientId, `recovery/shares/${index}`)}${toQuery({ issue })}`, schemas.SealedShare)
  }

  requestRecovery (patientId: string, statement: SignedStatement, id: string): Written {
    return this.#calls.send(path(patientId, 'recoveries'), { statement }, schemas.StatementWritten, { key: id })
  }

  stopInPerson (patientId: string, requestId: string, authorize: Authorize): Written {
    return this.#calls.send(path(patientId, `recoveries/${requestId}/stop-in-person`), {}, schemas.StatementWritten, { authorize })
  }

  getBackup (patientId: string, requestId: string): Promise<Static<typeof schemas.SealedBackup>> {
    return this.#calls.get(path(patientId, `recoveries/${requestId}/backup`), schemas.SealedBackup)
  }

  submitGuarded (type: keyof typeof GUARDED_PATHS, patientId: string, statement: SignedStatement, id: string): Written {
    return this.#calls.send(path(patientId, GUARDED_PATHS[type]), { statement }, schemas.StatementWritten, { key: id })
  }

  succeed (patientId: string, statement: SignedStatement, id: string): Written {
    return this.#calls.send(path(patientId, 'succession'), { statement }, schemas.StatementWritten, { key: id })
  }

  represent (patientId: string, statement: SignedStatement, id: string, authorize: Authorize): Written {
    return this.#calls.send(path(patientId, 'representations'), { statement }, schemas.StatementWritten, { key: id, authorize })
  }

  rewrap (
    recordId: string,
    version: number,
    { statement, wrap }: { statement: SignedStatement, wrap: string },
    id: string,
    authorize: Authorize
  ): Promise<AnswerOf<typeof RECORDS.rewrap>> {
    return this.#calls.ask(RECORDS.rewrap, { params: { recordId, version }, body: { statement, wrap } }, { key: id, authorize })
  }
}

function path (patientId: string, rest: string): string {
  return `/v1/patients/${encodeURIComponent(patientId)}/${rest}`
}
