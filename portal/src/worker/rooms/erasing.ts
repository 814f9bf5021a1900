import { consentsEndingWith, eraseCategory, eraseInParts, getRecord, listConsents, listRecords, readErasure } from '@epione/sdk'
import type { ErasureShown } from '@epione/sdk'
import type { Desk } from '../desk.ts'
import type { Proposal } from '../proposal.ts'

/** Erases a record, all versions of it, everywhere. */
export async function eraseRecord (desk: Desk, { recordId }: { recordId: string }): Promise<Proposal<{ orders: number }>> {
  const context = await desk.patient()
  const { record: { category, author, version } } = await getRecord(context, { recordId })
  return {
    says: {
      title: 'erase.confirm',
      lines: [
        { label: 'record.id', value: recordId, kind: 'code' },
        { label: 'record.category', value: category ?? '', kind: 'category' },
        { label: 'record.author', value: author, kind: 'person' },
        { label: 'erase.versions', value: String(version), kind: 'number' }
      ],
      warnings: ['erase.means', 'erase.copies', 'erase.log']
    },
    carry: async () => ({ orders: (await eraseInParts(context, [{ recordId }])).length })
  }
}

/** Erases all that was ever written in a category; consents to nothing else end. */
export async function eraseAllOf (
  desk: Desk, { category }: { category: string }
): Promise<Proposal<{ versions: number, revoked: number }>> {
  const context = await desk.patient()
  const [records, consents] = [await listRecords(context, context.patientId), await listConsents(context)]
  const versions = records.filter((one) => one.category === category && one.end === undefined)
  const ending = consentsEndingWith(consents, category)
  return {
    says: {
      title: 'eraseAll.confirm',
      lines: [
        { label: 'record.category', value: category, kind: 'category' },
        { label: 'eraseAll.records', value: String(new Set(versions.map(({ recordId }) => recordId)).size), kind: 'number' },
        { label: 'erase.versions', value: String(versions.length), kind: 'number' },
        ...ending.length === 0 ? [] : [{ label: 'eraseAll.consents', value: ending.map(({ grantee }) => grantee).join(), kind: 'person' as const }]
      ],
      warnings: ['erase.means', 'eraseAll.unknown', 'eraseAll.cards', 'erase.copies', 'erase.log']
    },
    carry: async () => {
      const { versions: erased, revoked } = await eraseCategory(context, category)
      return { versions: erased.length, revoked: revoked.length }
    }
  }
}

/**
 * Which hospitals signed that they destroyed an erased or withdrawn version, each proven. @throws {ClientError} NOT_FOUND where it was not
 * ended
 */
export async function readDestruction (desk: Desk, { recordId, version }: { recordId: string, version: number }): Promise<ErasureShown> {
  const { shown } = await readErasure(await desk.patient(), { recordId, version })
  return shown
}
