import { LEDGER_EVENTS, LedgerError, StoredStatement } from '@epione/protocol'
import type { LedgerErrorCode } from '@epione/protocol'
import fp from 'fastify-plugin'
import { GatewayError } from '../errors.ts'
import { readPayload } from '../ledger/ledger-events.ts'

const KIND = 'activate-keys'
/** Said of a change that is in force, or will not be before somebody says something else, of which a block tells. */
const SETTLED: readonly LedgerErrorCode[] = ['CHANGE_UNKNOWN', 'CHANGE_STOPPED', 'PATIENT_FROZEN', 'PATIENT_SUCCEEDED']

/**
 * Puts new identity keys in force as soon as they have waited, at every hospital: so none can hold a patient's new key off, and an
 * activation that somebody had endorsed and keeps back is void within seconds (decision 0224).
 */
export const activateKeysPlugin = fp((app, _options, done) => {
  const { events, outbox, ports: { clock }, log } = app
  outbox.handle(KIND, async (payload, item) => {
    const { patientId } = payload as { patientId: string }
    const { gateway: ledger } = app.ledger
    const { pending } = await ledger.getDirectory(patientId)
    if (pending === undefined || pending.stop !== undefined) return
    const { directory: { id }, activeFrom } = pending
    if (clock() < activeFrom) {
      const later = await outbox.add({ kind: KIND, key: `${id}/${activeFrom}`, payload, dueAt: activeFrom })
      // This piece of work itself, as the clock was set back since it was due: done, it would be forgotten.
      if (later === item.id) throw new GatewayError('NOT_READY', 'the clock was set back: the keys have not waited yet')
      return
    }
    try {
      await ledger.activateDirectory(patientId)
      log.info({ patientId, statementId: id }, 'a new identity key is in force')
    } catch (error) {
      if (!(error instanceof LedgerError && SETTLED.includes(error.code))) throw error
    }
  })
  events.project((event) => {
    if (event.name !== LEDGER_EVENTS.identityChangeProposed && event.name !== LEDGER_EVENTS.patientUnfrozen) return undefined
    const { id: key, statement } = readPayload(StoredStatement, event)
    const { patientId } = JSON.parse(statement.body) as { patientId: string }
    return async (trx) => { await outbox.add({ kind: KIND, key, payload: { patientId } }, trx) }
  })
  events.onEvent(({ name }) => {
    if (name === LEDGER_EVENTS.identityChangeProposed) outbox.nudge()
  })
  done()
}, { name: 'activate-keys', dependencies: ['ledger', 'events', 'outbox'] })
