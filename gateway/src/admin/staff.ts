import { readConfig } from '../config.ts'
import { isSuspended } from '../staff/practitioners.ts'
import { openStoreToRead, storeFolderOf } from '../store/store.ts'

/** Somebody whom a gateway enrolled. */
export interface EnrolledPerson { subject: string, staffId: string, role: string, suspended: boolean }

/** Whom the gateway whose environment this is enrolled under a name or an id; nobody, where there is none. The gateway may run. */
export async function findStaff (
  environment: Record<string, string | undefined>, { subject = '', staffId = '' }: { subject?: string | undefined, staffId?: string | undefined }
): Promise<{ staff: EnrolledPerson[] }> {
  const { databaseUrl, dataDir } = readConfig(environment)
  const store = openStoreToRead({ databaseUrl, directory: storeFolderOf(dataDir) })
  try {
    const rows = await store.db.selectFrom('practitioners').select(['subject', 'staff_id', 'role'])
      .where((row) => row.or([row('subject', '=', subject), row('staff_id', '=', staffId)])).execute()
    const staff = await Promise.all(rows.map(async (row) =>
      ({ subject: row.subject, staffId: row.staff_id, role: row.role, suspended: await isSuspended(store.db, [row.staff_id]) })))
    return { staff }
  } finally {
    await store.close()
  }
}
