import { Place } from '@epione/crypto'
import type { RecordManifest, SearchKeys, Window } from '../shapes/statements.ts'

/** Of a record version, first or rewrapped: its author's, whoever owns it now. `networkId` 32 bytes. */
export function recordPlace (
  networkId: Uint8Array, { recordId, version, author }: Pick<RecordManifest, 'recordId' | 'version' | 'author'>
): Place {
  return Place.of(networkId, { kind: 'record', recordId, version, author })
}

/** Of a window, first or rewrapped. */
export function windowPlace (networkId: Uint8Array, { stream, number, deviceId }: Pick<Window, 'stream' | 'number' | 'deviceId'>): Place {
  return Place.of(networkId, { kind: 'window', stream, number, deviceId })
}

/** Of an issue of a patient's search key. */
export function searchKeyPlace (
  networkId: Uint8Array, patientId: string, { label, epoch, issue }: Pick<SearchKeys['keys'][number], 'label' | 'epoch' | 'issue'>
): Place {
  return Place.of(networkId, { kind: 'search-key', patientId, label, epoch, issue })
}
