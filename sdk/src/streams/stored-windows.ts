import type { ShownWindow } from '@epione/protocol/api'
import type { VerifiedDevice } from '@epione/protocol/verify'
import type { PatientContext } from '../context/context.ts'
import { authorizePatient } from '../context/session.ts'
import { ClientError } from '../errors.ts'
import type { GatewayApi } from '../gateways/gateway-api.ts'
import { proveOpenWindow } from './open-windows.ts'
import type { ProvenWindow } from './stream-windows.ts'

/** More windows than any hospital keeps of one device without a segment. */
const STORED_MAX = 65_536

/** Windows of a stream above a number. */
interface Place { readonly stream: string, readonly after: number }

/** What one hospital shows. */
export interface StoredPages { readonly mspId: string, readonly windows: readonly ShownWindow[] }

/** The newest segment that an organisation says is on the ledger. */
export interface StreamHead { readonly mspId: string, readonly version: number, readonly last: number }

/** Windows of no segment yet, after a number, as two organisations show them, unproven. */
export async function readStored (context: PatientContext, stream: string, after: number): Promise<StoredPages[]> {
  const { answers } = await context.gateways.askTwoFound((gateway) => readPages(context, gateway, stream, after))
  return answers.map(({ gateway: { info }, value }) => ({ mspId: info.mspId, windows: value }))
}

/** How far a stream is on the ledger, as two organisations say: a witness to whether the gateway that lists segments leaves some out. */
export async function readHeads (context: PatientContext, stream: string): Promise<StreamHead[]> {
  const { answers } = await context.gateways.askTwoFound((gateway) => gateway.streams.getStream(stream, authorizePatient(context)))
  return answers.flatMap(({ gateway: { info: { mspId } }, value: { head } }) =>
    head === undefined ? [] : [{ mspId, version: head.version, last: head.last }])
}

/**
 * Proves windows that no segment names by their device's signature: those of two organisations together, as one may not have got them
 * yet. Nothing proves that these are all. @throws {ClientError} WINDOWS_INVALID
 */
export function proveStored (
  context: PatientContext, device: VerifiedDevice, place: Place, stored: readonly StoredPages[]
): ProvenWindow[] {
  const windows = new Map<number, ProvenWindow>()
  for (const { mspId, windows: shown } of stored) {
    for (const one of shown) {
      const window = proveOpenWindow(context.networkId, device, place, one, mspId)
      const known = windows.get(window.body.number)
      if (known !== undefined && known.id !== window.id) throw twice(device, window)
      windows.set(window.body.number, window)
    }
  }
  return [...windows.values()].sort((a, b) => a.body.number - b.body.number)
}

async function readPages (context: PatientContext, gateway: GatewayApi, stream: string, after: number): Promise<ShownWindow[]> {
  const shown: ShownWindow[] = []
  let from: number | undefined = after
  while (from !== undefined) {
    const page: { items: ShownWindow[], next?: number } = await gateway.streams.listStored(stream, from, authorizePatient(context))
    shown.push(...page.items)
    // A page that does not go on would never end.
    from = page.items.length > 0 && page.next !== undefined && page.next > from ? page.next : undefined
    if (shown.length > STORED_MAX) throw tooMany(stream, gateway.info.mspId)
  }
  return shown
}

function tooMany (stream: string, mspId: string): ClientError {
  return new ClientError('WINDOWS_INVALID', `${mspId} serves more windows of stream ${stream} than a device may leave without a segment.`, {
    party: { kind: 'store', mspId }, stream
  })
}

function twice (device: VerifiedDevice, { body: { stream, number } }: ProvenWindow): ClientError {
  return new ClientError('SEALED_WRONGLY', `The device signed two windows with number ${number} of stream ${stream}.`, {
    party: { kind: 'author', deviceId: device.id }, stream, number
  })
}
