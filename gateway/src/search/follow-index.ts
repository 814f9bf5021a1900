import type { RecordManifest, Rewrap, StoredStatement } from '@epione/protocol'
import { describeAuthor, linkedEntry } from '@epione/protocol/verify'
import type { LedgerEvent } from '@epione/ledger/fabric'
import type { Kysely } from 'kysely'
import type { Tables } from '../store/tables.ts'
import { appendIn, appendOut } from './links.ts'
import type { EventPlace } from './links.ts'

/** Where an event stands, as its block says. */
export function placeOf ({ blockNumber }: Pick<LedgerEvent, 'blockNumber'>, eventIndex: number): EventPlace {
  return { blockNumber: Number(blockNumber), eventIndex }
}

/** A record version with an entry is a link of its author's chain. */
export async function followRegistration (
  trx: Kysely<Tables>,
  place: EventPlace,
  source: StoredStatement,
  { patientId, label, epoch, author, recordId, version, index }: RecordManifest
): Promise<void> {
  if (index === undefined) return
  const chain = { patientId, label, writer: describeAuthor(author) }
  await appendIn(trx, place, source, { chain, recordId, version, entry: linkedEntry({ epoch, index }) })
}

/** A rewrap takes the version out of the chain in which it stood, and its own entry, where it has one, is the next link of its writer's. */
export async function followRewrap (
  trx: Kysely<Tables>,
  place: EventPlace,
  { id, submittedBy, statement }: StoredStatement,
  { patientId, label, epoch, recordId, version, index }: Rewrap
): Promise<void> {
  const source = { id, submittedBy, rewrap: statement }
  await appendOut(trx, place, source, { recordId, version, except: index?.hash })
  if (index === undefined) return
  const chain = { patientId, label, writer: PATIENT }
  await appendIn(trx, place, source, { chain, recordId, version, entry: linkedEntry({ epoch, index }) })
}

const PATIENT = describeAuthor({ kind: 'patient' })
