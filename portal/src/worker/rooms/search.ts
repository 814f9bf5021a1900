import { searchOwn } from '@epione/sdk'
import type { SearchFound } from '@epione/sdk'
import type { Desk } from '../desk.ts'

/** At most so many at once. */
const LIMIT = 100

/** Searches the own records here: no hospital learns for what. @throws {ClientError} QUERY_INVALID, FEATURE_INACTIVE */
export async function searchRecords (desk: Desk, { query, categories }: { query: string, categories: string[] }): Promise<SearchFound> {
  return await searchOwn(await desk.patient(), { query, limit: LIMIT, ...(categories.length === 0 ? {} : { categories }) })
}
