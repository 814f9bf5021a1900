import { copyBytes, equalConstantTime, fromHex, requireBytes, toHex, utf8 } from './bytes.ts'
import { canonicalize } from './canonical.ts'
import { DOMAINS } from './domains.ts'
import { domainHash } from './hash.ts'

export const PLACE_BYTES = 32
const NETWORK_ID_BYTES = 32

/** Who signs for what a wrap opens, as a manifest names its author; bytes as lowercase hex. */
export type PlaceAuthor =
  | { readonly kind: 'practitioner', readonly mspId: string, readonly staffId: string }
  | { readonly kind: 'patient' }
  | { readonly kind: 'device', readonly deviceId: string }

/** What a wrap is the wrap of: a record version of its author, a window of a device's stream, or one issue of a search key. */
export type PlaceName =
  | { readonly kind: 'record', readonly recordId: string, readonly version: number, readonly author: PlaceAuthor }
  | { readonly kind: 'window', readonly stream: string, readonly number: number, readonly deviceId: string }
  | { readonly kind: 'search-key', readonly patientId: string, readonly label: string, readonly epoch: number, readonly issue: number }

/**
 * The one place for which a capsule is made, as 32 bytes: SHA-256("epione/place" || network id 32 || canonical JSON of the name). It enters
 * the hash of the capsule's own proof: who does not know what was drawn for a capsule can show none of another place that opens alike.
 */
export class Place {
  readonly #bytes: Uint8Array

  private constructor (bytes: Uint8Array) {
    this.#bytes = bytes
  }

  /** `networkId` 32 bytes. Members of the name that are not listed above do not count. */
  static of (networkId: Uint8Array, name: PlaceName): Place {
    requireBytes(networkId, 'networkId', NETWORK_ID_BYTES)
    return new Place(domainHash(DOMAINS.place, networkId, utf8(canonicalize(listed(name)))))
  }

  /** As `toBytes` gave it; throws `RangeError` for another length. */
  static fromBytes (bytes: Uint8Array): Place {
    requireBytes(bytes, 'place', PLACE_BYTES)
    return new Place(copyBytes(bytes))
  }

  /** Throws `HEX_INVALID`. */
  static fromHex (hex: string): Place {
    return new Place(fromHex(hex, PLACE_BYTES))
  }

  toBytes (): Uint8Array {
    return copyBytes(this.#bytes)
  }

  toHex (): string {
    return toHex(this.#bytes)
  }

  equals (other: Place): boolean {
    return equalConstantTime(this.#bytes, other.#bytes)
  }
}

/**
 * In place of a `Place`: a capsule as the specification of Umbral has it, for exchange with other software. Wraps have a place, always: no
 * proxy answers for a capsule without.
 */
export const UNPLACED = 'unplaced'

/** For what a capsule is made. */
export type CapsulePlace = Place | typeof UNPLACED

/* Members in canonical order, for the quicker way to their text. */
function listed (name: PlaceName): object {
  switch (name.kind) {
    case 'record': {
      const { kind, recordId, version, author } = name
      return { author: listedAuthor(author), kind, recordId, version }
    }
    case 'window': {
      const { kind, stream, number, deviceId } = name
      return { deviceId, kind, number, stream }
    }
    case 'search-key': {
      const { kind, patientId, label, epoch, issue } = name
      return { epoch, issue, kind, label, patientId }
    }
  }
}

function listedAuthor (author: PlaceAuthor): object {
  switch (author.kind) {
    case 'practitioner': return { kind: author.kind, mspId: author.mspId, staffId: author.staffId }
    case 'patient': return { kind: author.kind }
    case 'device': return { deviceId: author.deviceId, kind: author.kind }
  }
}
