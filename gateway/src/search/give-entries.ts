import type { FastifyInstance } from 'fastify'
import { GatewayError } from '../errors.ts'
import { findEntries, keyOf } from './entries.ts'
import type { BroughtEntry, EntryName } from './entries.ts'

/**
 * Those of the entries that lie here and that another organisation's gateway may have: under a live permit of its own staff to search
 * the compartment in which the entry stands, or because it registered the record. @throws {GatewayError} what `verifyPermit` throws
 */
export async function giveEntries (
  app: FastifyInstance,
  caller: string,
  names: readonly EntryName[],
  eventId: string | undefined
): Promise<BroughtEntry[]> {
  const permit = eventId === undefined ? undefined : await app.proxy.provePermit(eventId, caller)
  if (permit?.event.action === 'read') throw new GatewayError('NOT_PERMITTED', 'the access event permits to read records, not to search')
  await app.events.catchUp()
  const links = await app.store.db.selectFrom('index_links').select(['record_id', 'version', 'entry_hash', 'patient_id', 'label', 'epoch', 'origin'])
    .where('live', '=', 1).where('record_id', 'in', [...new Set(names.map(({ recordId }) => recordId))]).execute()
  const open = new Set(links.filter((link) => permit === undefined
    ? link.origin === caller
    : permit.event.patientId === link.patient_id && permit.compartments.some((c) => c.label === link.label && c.epoch === link.epoch))
    .map((link) => keyOf({ recordId: link.record_id, version: link.version, hash: link.entry_hash ?? '' })))
  const asked = names.filter((name) => open.has(keyOf(name)))
  const entries = await findEntries(app.store.db, asked)
  return asked.flatMap(({ recordId, version, hash }) => {
    const entry = entries.get(keyOf({ recordId, version, hash }))
    return entry === undefined ? [] : [{ recordId, version, hash, entry }]
  })
}
