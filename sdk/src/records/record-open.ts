import { CryptoError, fromHex, openWrapOriginal, toHex, wrapHash } from '@epione/crypto'
import { recordPlace } from '@epione/protocol'
import type { RecordManifest } from '@epione/protocol'
import type { VerifiedRecord } from '@epione/protocol/verify'
import type { ClientContext, PatientContext } from '../context/context.ts'
import { authorizeAs } from '../context/session.ts'
import { ClientError, describeParty, messageOf } from '../errors.ts'
import type { GatewayApi } from '../gateways/gateway-api.ts'
import { categoryOfLabel } from '../keys/directory.ts'
import { compartmentKey } from '../keys/own-keys.ts'
import type { Destination } from './destination.ts'
import type { OpenedContent } from './open-content.ts'
import { openServed } from './open-served.ts'
import type { PartWanted } from './open-served.ts'
import { wrapParty } from './record-party.ts'
import { readAndProve, summarize } from './record-read.ts'
import type { Reader, RecordSummary } from './record-read.ts'
import { requireLive } from './record-state.ts'

export interface RecordWanted {
  recordId: string
  version?: number
  to?: Destination
  /** Absent: all of it. */
  part?: PartWanted
  onProgress?: (bytes: number) => void
}

/** The verified manifest of a record; a patient also opens it with the own compartment key. */
export async function getRecord (
  context: Reader,
  wanted: RecordWanted
): Promise<{ record: RecordSummary, manifest: RecordManifest, opened?: OpenedContent }> {
  const { gateway, verified } = await readAndProve(context, wanted)
  await wanted.to?.requireFree?.()
  const state = wanted.version === undefined && verified.end === undefined ? { state: 'current' as const } : {}
  const result = { record: { ...summarize(context, verified), ...state }, manifest: verified.body }
  if (wanted.to === undefined) return result
  if (context.role !== 'patient') {
    throw new ClientError('USAGE', 'Only the patient opens a record directly; a practitioner uses "access request" and "open".')
  }
  requireLive(verified)
  return { ...result, opened: await openOwn(context, gateway, verified, { ...wanted, to: wanted.to }) }
}

async function openOwn (
  context: PatientContext,
  gateway: GatewayApi,
  manifest: VerifiedRecord,
  { to, part, onProgress }: RecordWanted & { to: Destination }
): Promise<OpenedContent> {
  const { body: { recordId, version }, label, epoch } = manifest
  const authorize = authorizeAs(context)
  const category = categoryOfLabel(context.keys, label)
  if (category === undefined) {
    throw new ClientError('NOT_FOUND', `Record ${recordId} lies in a compartment whose category this program does not know.`, { label })
  }
  const gateways = context.gateways.from(gateway)
  const wrap = await context.gateways.serveInTurn(gateways, async (asked) =>
    requireWrap(context, fromHex((await asked.getWrap(recordId, version, undefined, authorize)).wrap), manifest, asked.info.mspId))
  const key = compartmentKey(context.keys, context.patientId, category, epoch)
  const contentKey = openWrap(manifest, () => openWrapOriginal(wrap, recordPlace(context.networkId, manifest.body), key))
  return context.gateways.serveInTurn(gateways, async (asked) =>
    openServed(asked, {
      manifest,
      contentKey,
      authorize,
      to,
      ...(part === undefined ? {} : { part }),
      ...(onProgress === undefined ? {} : { onProgress })
    }))
}

/** The wrap, when it is the one that the signer of manifest or rewrap signed for, at that place. @throws {ClientError} WRAP_MISMATCH */
export function requireWrap (
  { networkId }: Pick<ClientContext, 'networkId'>, wrap: Uint8Array, { body, wrapHash: expected }: VerifiedRecord, servedBy: string
): Uint8Array {
  if (toHex(wrapHash(wrap, recordPlace(networkId, body))) === expected) return wrap
  throw new ClientError('WRAP_MISMATCH', `The wrap served by ${servedBy} is not the one that manifest or rewrap names.`, {
    party: { kind: 'store', mspId: servedBy },
    recordId: body.recordId,
    version: body.version
  })
}

/** @throws {ClientError} SEALED_WRONGLY when a wrap that its signer stands for does not open with the key it was made for */
export function openWrap<T> (manifest: VerifiedRecord, open: () => T): T {
  try {
    return open()
  } catch (error) {
    if (!(error instanceof CryptoError)) throw error
    const { recordId, version } = manifest.body
    const party = wrapParty(manifest)
    throw new ClientError(
      'SEALED_WRONGLY',
      `The wrap is as ${describeParty(party)} registered it, and does not open: ${messageOf(error)}.`,
      { party, recordId, version },
      { cause: error }
    )
  }
}
