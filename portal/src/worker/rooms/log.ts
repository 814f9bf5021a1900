import { listAccessEvents } from '@epione/sdk'
import type { AuditList } from '@epione/sdk'
import type { Desk } from '../desk.ts'

/** At once; more on demand. */
const PAGE = 100

/** Everyone who looked, or wanted to, as two hospitals show it: newest first. */
export async function listLooks (desk: Desk, { limit = PAGE }: { limit?: number }): Promise<AuditList> {
  return await listAccessEvents(await desk.patient(), { limit })
}
