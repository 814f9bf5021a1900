import type { FhirResource } from 'fhir/r4.js'
import type { Left } from './errors.ts'

/** Something of a source: `Type/id` of a resource, `dicom/UID` of an instance. */
export type Key = string

export const keyOf = (type: string, id: string): Key => `${type}/${id}`

/** A resource, or the bytes of an instance, as the source shows it now. */
export type Shown =
  | { readonly kind: 'resource', readonly key: Key, readonly resource: FhirResource }
  | { readonly kind: 'bytes', readonly key: Key, readonly bytes: Bytes, readonly patient: string | undefined }

/** Bytes that are read twice: to know them, and to seal them. */
export interface Bytes {
  /** @throws {Left} FILE_CHANGED at its end when it is not what it was before */
  read: () => AsyncIterable<Uint8Array>
  /** What lies in memory until they are sealed. */
  readonly heldBytes?: number
}

/** What a source tells, in its order. */
export type Told =
  | Shown
  /** It is there, and cannot be other than it was. */
  | { readonly kind: 'same', readonly key: Key }
  /** It says that this was deleted; before anything is withdrawn it is asked once more. */
  | { readonly kind: 'deleted', readonly key: Key }
  /** It says nothing of deletions: all that is known of this type is asked for. */
  | { readonly kind: 'ask-for-all', readonly type: string }
  /** Something that cannot be taken as it is; without `key` it concerns more than one. */
  | { readonly kind: 'fault', readonly key?: Key | undefined, readonly left: Left, readonly what: string }
  /** Of a type that is not moved, and how much was passed over. */
  | { readonly kind: 'skipped', readonly type: string }
  /** All up to here was told: the next run begins at `value`. */
  | { readonly kind: 'mark', readonly name: string, readonly value: string }

export interface Marks { get: (name: string) => string | undefined }

/** What it knows of a patient of its own: `undefined` where it has none by that id. */
export type SourcePatient = Extract<FhirResource, { resourceType: 'Patient' }>

/** An existing system of the hospital. It is read in pages, never all at once. */
export interface Source {
  /** What it has, or what changed since its marks; `known` says whether something was sealed before. */
  tell: (marks: Marks, known: (key: Key) => boolean) => AsyncIterable<Told>
  /**
   * One thing again, or that it is gone; absent where all is read anew each time. `isSealed` says that it is sealed as it was shown: one
   * that cannot be other than it was need not be shown again. @throws {Left}
   */
  ask?: (key: Key, isSealed: boolean) => Promise<Shown | 'gone' | 'same'>
  /** @throws {Left} */
  patient?: (id: string) => Promise<SourcePatient | undefined>
  /** That what it no longer tells of was deleted: where all of it is read each time, and said to be all there is. */
  readonly isComplete: boolean
  /** Of a complete one, whether it would tell of this thing; absent: of every one. */
  covers?: (key: Key) => boolean
}
