import type { FhirResource } from 'fhir/r4.js'
import { isTooComplex } from '@epione/fhir/sealing'
import { Left } from './errors.ts'
import { parseKeepingNumbers } from './numbers.ts'
import { isBundleGiven, isEntry } from './shapes.ts'
import type { BundleGiven, EntryOfBundle } from './shapes.ts'

/** Largest resource (bytes of JSON) that is sealed. */
export const RESOURCE_BYTES_MAX = 16 * 1024 * 1024

const ID = /^[A-Za-z0-9.-]{1,64}$/

/** @throws {Left} NOT_JSON, RESOURCE_TOO_DEEP */
export function parseFhir (text: string): unknown {
  const begin = text.trimStart().slice(0, 1)
  if (begin !== '{') throw new Left('NOT_JSON', begin === '<' ? 'it is XML or HTML where JSON is due' : 'it is no JSON object')
  if (isTooComplex(text)) throw new Left('RESOURCE_TOO_DEEP', 'it is nested deeper, or has more values, than resources have')
  try {
    return parseKeepingNumbers(text)
  } catch (cause) {
    throw new Left('NOT_JSON', 'it is no JSON', { cause })
  }
}

/** A resource with an id, perhaps of one type. @throws {Left} RESOURCE_INVALID, RESOURCE_TYPE_WRONG, RESOURCE_TOO_LARGE */
export function requireIdentified (value: unknown, type?: string): FhirResource & { id: string } {
  if (typeof value !== 'object' || value === null || !('resourceType' in value) || typeof value.resourceType !== 'string' || !/^[A-Z][A-Za-z]{1,63}$/.test(value.resourceType)) {
    throw new Left('RESOURCE_INVALID', 'it has no resourceType')
  }
  if (type !== undefined && value.resourceType !== type) {
    throw new Left('RESOURCE_TYPE_WRONG', `a ${value.resourceType} stands where ${type} was asked for`)
  }
  if (!('id' in value) || typeof value.id !== 'string' || !ID.test(value.id)) throw new Left('RESOURCE_INVALID', 'it has no id of FHIR')
  return value as FhirResource & { id: string }
}

/** How large one resource of a page is. @throws {Left} RESOURCE_TOO_LARGE */
export function requireSize (resource: FhirResource): void {
  const bytes = Buffer.byteLength(JSON.stringify(resource))
  if (bytes > RESOURCE_BYTES_MAX) throw new Left('RESOURCE_TOO_LARGE', `it has ${String(bytes)} bytes: ${String(RESOURCE_BYTES_MAX)} at most are sealed in one`)
}

export interface BundleShown extends Omit<BundleGiven, 'entry'> {
  readonly entry: readonly EntryOfBundle[]
}

export const isBundle = (value: unknown): boolean => typeof value === 'object' && value !== null && 'resourceType' in value && value.resourceType === 'Bundle'

/** @throws {Left} SOURCE_INVALID */
export function requireBundle (value: unknown, type?: string): BundleShown {
  if (!isBundle(value)) throw new Left('SOURCE_INVALID', 'it answers with no Bundle')
  if (!isBundleGiven(value)) throw new Left('SOURCE_INVALID', 'its Bundle has members that are none of FHIR')
  if (type !== undefined && value.type !== type) throw new Left('SOURCE_INVALID', `it answers with a Bundle of another type than ${type}`)
  // One that is none stays, without anything in it: it is told.
  return { ...value, entry: (value.entry ?? []).map((one) => isEntry(one) ? one : {}) }
}

/** `Type/id` at the end of an address, perhaps with a version. */
export function keyAt (address: string | undefined): string | undefined {
  return /(?:^|\/)([A-Z][A-Za-z]+\/[A-Za-z0-9.-]{1,64})(?:\/_history(?:\/[A-Za-z0-9.-]{1,64})?)?$/.exec(address ?? '')?.[1]
}
