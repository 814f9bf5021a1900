import { opendir, readFile, stat } from 'node:fs/promises'
import { join, relative } from 'node:path'
import type { FhirResource } from 'fhir/r4.js'
import { renameReferences } from '@epione/fhir/sealing'
import { SYSTEMS } from '@epione/protocol/fhir'
import { Left, requireLeft, SyncError } from '../errors.ts'
import { isBundle, keyAt, parseFhir, requireBundle, requireIdentified, requireSize, RESOURCE_BYTES_MAX } from '../fhir-json.ts'
import { requireShaped } from '../shapes.ts'
import type { EntryOfBundle } from '../shapes.ts'
import { isMovedType } from '../resources.ts'
import type { MovedType } from '../resources.ts'
import { keyOf } from '../source.ts'
import type { Key, Marks, Source, SourcePatient, Told } from '../source.ts'
import { readLines } from './ndjson.ts'
import { asUnreadable } from './unreadable.ts'

export interface FolderOptions {
  readonly folder: string
  readonly types: readonly MovedType[]
  /** The folder holds all there is: what is gone from it was deleted. */
  readonly complete?: boolean
}

/** A bundle in one file (bytes), which is read as a whole. */
const FILE_BYTES_MAX = 64 * 1024 * 1024

/** Files below a folder, by name, each folder's one after the other. @throws {SyncError} SOURCE_UNREADABLE */
export async function * filesBelow (folder: string): AsyncGenerator<string> {
  const names: Array<{ name: string, isFolder: boolean }> = []
  try {
    for await (const entry of await opendir(folder)) {
      if (entry.isFile() || entry.isDirectory()) names.push({ name: entry.name, isFolder: entry.isDirectory() })
    }
  } catch (cause) {
    throw new SyncError('SOURCE_UNREADABLE', `${folder} cannot be read.`, { cause })
  }
  for (const { name, isFolder } of names.sort((a, b) => a.name < b.name ? -1 : 1)) {
    if (isFolder) yield * filesBelow(join(folder, name))
    else yield join(folder, name)
  }
}

/**
 * FHIR in files: NDJSON as servers export in bulk (`*.ndjson`, a resource a line), and Bundles or single resources (`*.json`). All of it
 * is read each time. What files say of patients is read first, so that their order does not matter.
 */
export class FhirFolderSource implements Source {
  readonly isComplete: boolean
  readonly #options: FolderOptions
  /** Patients that name a patient id, or several by one id. */
  readonly #patients = new Map<string, SourcePatient | 'several'>()

  constructor (options: FolderOptions) {
    this.#options = options
    this.isComplete = options.complete === true
  }

  async * tell (_marks: Marks): AsyncGenerator<Told> {
    for await (const told of this.#read()) if (told.kind === 'resource' && told.resource.resourceType === 'Patient') this.#meet(told.resource)
    for await (const told of this.#read()) {
      if (told.kind !== 'resource') yield told
      else if (this.#options.types.some((type) => type === told.resource.resourceType)) yield told
      else if (told.resource.resourceType !== 'Patient') yield { kind: 'skipped', type: told.resource.resourceType }
    }
  }

  covers (key: Key): boolean {
    return this.#options.types.some((type) => key.startsWith(`${type}/`))
  }

  async patient (id: string): Promise<SourcePatient | undefined> {
    const found = this.#patients.get(id)
    if (found === 'several') throw new Left('PATIENT_AMBIGUOUS', `the files tell of two patients with the id ${id}`)
    return await Promise.resolve(found)
  }

  /* Only who names a patient id is remembered: the files may hold a whole hospital's. */
  #meet ({ id = '', identifier = [], resourceType }: SourcePatient): void {
    const own = identifier.filter(({ system }) => system === SYSTEMS.patient)
    if (own.length === 0) return
    const before = this.#patients.get(id)
    const isOther = before !== undefined && (before === 'several' || before.identifier?.[0]?.value !== own[0]?.value)
    this.#patients.set(id, isOther ? 'several' : { resourceType, id, identifier: own })
  }

  async * #read (): AsyncGenerator<Told> {
    for await (const path of filesBelow(this.#options.folder)) {
      try {
        if (path.endsWith('.ndjson')) yield * this.#readLines(path)
        else if (path.endsWith('.json')) yield * this.#readBundle(path)
      } catch (error) {
        yield { kind: 'fault', left: requireLeft(asUnreadable(error)), what: relative(this.#options.folder, path) }
      }
    }
  }

  async * #readLines (path: string): AsyncGenerator<Told> {
    const name = relative(this.#options.folder, path)
    for await (const line of readLines(path, RESOURCE_BYTES_MAX)) {
      const what = `${name}:${String(line.number)}`
      if ('left' in line) yield { kind: 'fault', left: line.left, what }
      else if (line.text.trim() !== '') yield * toldOfText(line.text, what)
    }
  }

  async * #readBundle (path: string): AsyncGenerator<Told> {
    const what = relative(this.#options.folder, path)
    const { size } = await stat(path)
    if (size > FILE_BYTES_MAX) {
      yield { kind: 'fault', what, left: new Left('RESOURCE_TOO_LARGE', `it has ${String(size)} bytes: a bundle of more than ${String(FILE_BYTES_MAX)} is better written as NDJSON`) }
      return
    }
    yield * toldOfText(await readFile(path, 'utf8'), what)
  }
}

/** A resource as JSON, or a Bundle of some: of a bulk export, what was deleted since. */
export function * toldOfText (text: string, what: string): Generator<Told> {
  try {
    const value = parseFhir(text)
    if (isBundle(value)) yield * toldOfEntries(requireBundle(value).entry, what)
    else yield toldOf(value)
  } catch (error) {
    yield { kind: 'fault', left: requireLeft(error), what }
  }
}

function toldOf (value: unknown): Told {
  const resource = requireShaped(requireIdentified(value))
  if (isMovedType(resource.resourceType)) requireSize(resource)
  return { kind: 'resource', key: keyOf(resource.resourceType, resource.id), resource }
}

/** References by `fullUrl` become those to the resources that they mean; a resource without an id has that of its `urn:uuid:`. */
function * toldOfEntries (entries: readonly EntryOfBundle[], what: string): Generator<Told> {
  const names = new Map<string, string>()
  const identified = entries.map((entry) => {
    const resource = withId(entry)
    if (entry.fullUrl?.startsWith('urn:') === true && resource !== undefined) names.set(entry.fullUrl, `${resource.resourceType}/${resource.id ?? ''}`)
    return resource
  })
  for (const [index, { request }] of entries.entries()) {
    const at = `${what}#entry[${String(index)}]`
    const resource = identified[index]
    try {
      const deleted = request?.method === 'DELETE' ? keyAt(request.url) : undefined
      if (deleted !== undefined) yield { kind: 'deleted', key: deleted }
      else if (resource !== undefined) yield toldOf(renameReferences(resource, names))
      else throw new Left('RESOURCE_INVALID', 'an entry has no resource')
    } catch (error) {
      yield { kind: 'fault', left: requireLeft(error), what: at }
    }
  }
}

function withId ({ resource, fullUrl }: EntryOfBundle): FhirResource | undefined {
  if (typeof resource !== 'object' || resource === null) return undefined
  const id = /^urn:uuid:([0-9a-fA-F-]{36})$/.exec(fullUrl ?? '')?.[1]
  return { ...(id === undefined ? {} : { id }), ...resource } as FhirResource
}
