import { chunkCipher, concatBytes, randomBytes, sha256, toHex, utf8 } from '@epione/crypto'
import type { ChainHead } from '@epione/crypto'
import { IndexTable } from './index-table.ts'
import type { EntryGroup, IndexState } from './opened-index.ts'

const NONCE_BYTES = 12
/** Larger ones are read anew each time. */
const CACHED_BYTES_MAX = 64 * 1024 * 1024

/** Where sealed indexes are kept: a folder, or the browser's store. It holds nothing that it can read, and may lose any of it. */
export interface CacheStore {
  read: (name: string) => Promise<Uint8Array | undefined>
  write: (name: string, bytes: Uint8Array) => Promise<void>
  remove: (name: string) => Promise<void>
}

/** Which index it is: another issue is another index, so that a cache ends with the issue it was made under. */
export interface CachePlace {
  readonly networkId: Uint8Array
  readonly patientId: string
  readonly label: string
  readonly epoch: number
  readonly issue: number
}

interface Header {
  readonly after?: string
  readonly groups: EntryGroup[]
  readonly heads: Array<[writer: string, count: number, digest: string]>
  readonly bytes: readonly [ids: number, tags: number, days: number, rows: number]
}

/** Opened indexes of one person, sealed with AES-256-GCM under a key of their phrase, and bound to their place. */
export class SealedCache {
  readonly #store: CacheStore
  readonly #key: Uint8Array

  /** `key`: 32 bytes, of nobody else. */
  constructor (store: CacheStore, key: Uint8Array) {
    this.#store = store
    this.#key = key
  }

  /** What is known of an index; nothing where it is not kept, is of another issue, or came to harm. */
  async read (place: CachePlace): Promise<IndexState | undefined> {
    const name = this.#nameOf(place)
    const sealed = await this.#store.read(name)
    if (sealed === undefined) return undefined
    const plain = await (await chunkCipher(this.#key)).open(sealed.subarray(0, NONCE_BYTES), sealed.subarray(NONCE_BYTES), placeOf(place))
    if (plain !== null) return unpack(aligned(plain))
    // Another issue's, cut off or changed: what it held is read anew.
    await this.#store.remove(name)
    return undefined
  }

  /** What is lost now may be found another time: an index with such an entry is read anew, too. */
  async write (place: CachePlace, state: IndexState): Promise<void> {
    const plain = pack(state)
    if (plain.length > CACHED_BYTES_MAX || state.table.has('lost')) { await this.forget(place); return }
    const nonce = randomBytes(NONCE_BYTES)
    const sealed = await (await chunkCipher(this.#key)).seal(nonce, plain, placeOf(place))
    plain.fill(0)
    await this.#store.write(this.#nameOf(place), concatBytes(nonce, ...sealed))
  }

  async forget (place: Pick<CachePlace, 'patientId' | 'label' | 'networkId'>): Promise<void> {
    await this.#store.remove(this.#nameOf(place))
  }

  /** Tells nobody whose index it is. */
  #nameOf ({ networkId, patientId, label }: Pick<CachePlace, 'patientId' | 'label' | 'networkId'>): string {
    return toHex(sha256(concatBytes(utf8('epione/search-cache-name'), this.#key, networkId, utf8(`${patientId}/${label}`)))).slice(0, 32)
  }
}

const placeOf = ({ networkId, patientId, label, epoch, issue }: CachePlace): Uint8Array =>
  concatBytes(utf8('epione/search-cache/v1'), networkId, utf8(`${patientId}/${label}/${epoch}/${issue}`))

/** u32 length of the header, the header as JSON, padded to 4 bytes, then the table's arrays, each padded so. */
function pack ({ table, groups, heads, after }: IndexState): Uint8Array {
  const { ids, tags, days, rows } = table.parts()
  const arrays = [ids, tags, bytesOf(days), bytesOf(rows)]
  const header: Header = {
    ...(after === undefined ? {} : { after }),
    groups: [...groups],
    heads: [...heads].map(([writer, { count, digest }]) => [writer, count, digest]),
    bytes: [ids.length, tags.length, days.byteLength, rows.byteLength]
  }
  const text = utf8(JSON.stringify(header))
  const packed = new Uint8Array([text, ...arrays].reduce((sum, part) => sum + roomFor(part.length), 4))
  packed.set(bytesOf(Int32Array.of(text.length)))
  let at = 4
  for (const part of [text, ...arrays]) {
    packed.set(part, at)
    at += roomFor(part.length)
  }
  return packed
}

/** Only what `pack` made is ever opened: its seal is proven first. */
function unpack (plain: Uint8Array): IndexState {
  const textLength = integersOf(plain.subarray(0, 4))[0] ?? 0
  const header = JSON.parse(new TextDecoder().decode(plain.subarray(4, 4 + textLength))) as Header
  let at = 4 + roomFor(textLength)
  const take = (length: number): Uint8Array => {
    const bytes = plain.subarray(at, at + length)
    at += roomFor(length)
    return bytes
  }
  const [ids, tags, days, rows] = header.bytes
  const table = new IndexTable({ ids: take(ids), tags: take(tags), days: integersOf(take(days)), rows: integersOf(take(rows)) })
  const heads = new Map(header.heads.map(([writer, count, digest]): [string, ChainHead] => [writer, { count, digest }]))
  return { table, groups: header.groups, heads, ...(header.after === undefined ? {} : { after: header.after }) }
}

const bytesOf = (integers: Int32Array): Uint8Array => new Uint8Array(integers.buffer, integers.byteOffset, integers.byteLength)
const integersOf = (bytes: Uint8Array): Int32Array => new Int32Array(bytes.buffer, bytes.byteOffset, bytes.length / 4)
const roomFor = (length: number): number => Math.ceil(length / 4) * 4
/** Whole numbers are read where they lie, at multiples of 4 bytes. */
const aligned = (bytes: Uint8Array): Uint8Array => bytes.byteOffset % 4 === 0 ? bytes : bytes.slice()
