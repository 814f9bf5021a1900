import type { ClientContext } from '../context/context.ts'
import { ClientError, isClientError } from '../errors.ts'
import { readNetworkDocument } from '../keys/network.ts'

/** Whether the network document in force, proven from the own one up, names the search. */
async function isSearchOn (context: ClientContext): Promise<boolean> {
  const { value } = await context.gateways.askFirstReachable((gateway) => readNetworkDocument(context, gateway))
  return value.features.includes('search')
}

/** @throws {ClientError} FEATURE_INACTIVE where the network document in force does not name the search */
export async function requireSearchOn (context: ClientContext): Promise<void> {
  if (await isSearchOn(context)) return
  throw new ClientError(
    'FEATURE_INACTIVE', 'This network has search switched off: its document in force does not name "search" among its features.'
  )
}

/** Says of a refused request that the search is switched off, where it is. @throws {ClientError} FEATURE_INACTIVE, what `work` throws */
export async function namingSwitch<T> (context: ClientContext, work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (error) {
    if (isInactive(error)) await requireSearchOn(context)
    throw error
  }
}

/**
 * Registers with an index entry where the network takes one, else without: asked only after a refusal, and no gateway's word is enough that
 * a record stays without entry.
 */
export async function withEntryIfOn<T> (context: ClientContext, withEntry: () => Promise<T>, without: () => Promise<T>): Promise<T> {
  try {
    return await withEntry()
  } catch (error) {
    if (!isInactive(error) || await isSearchOn(context)) throw error
    return await without()
  }
}

const isInactive = (error: unknown): boolean => isClientError(error, 'REFUSED') && error.details['gatewayCode'] === 'FEATURE_INACTIVE'
