import { checkStatementBody } from '@epione/protocol'
import type { RecordState } from '@epione/protocol'
import type { Expression, ExpressionBuilder, Kysely, SqlBool } from 'kysely'
import type { Tables } from '../store/tables.ts'
import { currentRecord } from './read-grounds.ts'

/** On what ground a practitioner sees record versions of a patient: they wrote them, or were granted their compartments. */
export interface Standing {
  person: { mspId: string, staffId: string }
  compartments: ReadonlyArray<{ label: string, epoch: number }>
}

/** Whether this version itself is one of those. */
export function isShownTo ({ person, compartments }: Standing, state: RecordState): boolean {
  const { author } = checkStatementBody('RecordManifest', JSON.parse(state.manifest.statement.body))
  const { record: { label, epoch } } = currentRecord(state)
  const isAuthor = author.kind === 'practitioner' && author.mspId === person.mspId && author.staffId === person.staffId
  return isAuthor || compartments.some((c) => c.label === label && c.epoch === epoch)
}

/** Notes who wrote a record version and in which compartment it stands now. */
export async function noteRecordVersion (db: Kysely<Tables>, state: RecordState): Promise<void> {
  const { patientId, author } = checkStatementBody('RecordManifest', JSON.parse(state.manifest.statement.body))
  const { record: { label, epoch } } = currentRecord(state)
  const [authorMsp, authorStaff] = author.kind === 'practitioner' ? [author.mspId, author.staffId] : [null, null]
  await db.insertInto('record_versions')
    .values(
      {
        record_id: state.recordId,
        version: state.version,
        patient_id: patientId,
        label,
        epoch,
        author_msp: authorMsp,
        author_staff: authorStaff
      }
    )
    .onConflict((c) => c.columns(['record_id', 'version']).doUpdateSet({ label, epoch })).execute()
}

/** True when a version of the record after this one is shown. */
export async function isFollowerShown (db: Kysely<Tables>, { recordId, version }: RecordState, standing: Standing): Promise<boolean> {
  const row = await db.selectFrom('record_versions').select('version').where('record_id', '=', recordId).where('version', '>', version)
    .where((eb) => shownTo(eb, standing)).limit(1).executeTakeFirst()
  return row !== undefined
}

/** True when any record version of the patient is shown. */
export async function isAnyShown (db: Kysely<Tables>, patientId: string, standing: Standing): Promise<boolean> {
  const row = await db.selectFrom('record_versions').select('version').where('patient_id', '=', patientId)
    .where((eb) => shownTo(eb, standing)).limit(1).executeTakeFirst()
  return row !== undefined
}

function shownTo (eb: ExpressionBuilder<Tables, 'record_versions'>, { person, compartments }: Standing): Expression<SqlBool> {
  return eb.or([
    eb.and([eb('author_msp', '=', person.mspId), eb('author_staff', '=', person.staffId)]),
    ...compartments.map(({ label, epoch }) => eb.and([eb('label', '=', label), eb('epoch', '=', epoch)]))
  ])
}
