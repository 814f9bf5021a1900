import { canonicalize, createSha256, ExportedEvents, fromHex, toHex } from '@epione/crypto'
import { ProxyRegistration, TRANSACTIONS } from '@epione/protocol'
import type { LogExport, NetworkDocument } from '@epione/protocol'
import type { VerifyOptions } from '@epione/ledger/proof'
import { Value } from 'typebox/value'
import { verifyProofFile } from '../access/proof.ts'
import { throwDamaged } from '../files/damaged-file.ts'
import { exportFalse, openAttestation } from './attestation.ts'
import { LogManifest, MANIFEST_VERSION } from './manifest.ts'
import { readEvents } from './read-events.ts'
import type { FileEvent } from './read-events.ts'

/** Who submitted a transaction, as its envelope (base64) proves; undefined for what proves nothing. */
export type OpenCall = (envelope: string) => { mspId: string, key: string, args: string[] } | undefined

export interface ExportToVerify {
  /** The file's bytes from the start, as often as they are asked for. */
  file: () => AsyncIterable<Uint8Array>
  manifest: unknown
  /** The network document that the verifier trusts: its admins' keys are where trust begins. */
  document: NetworkDocument
  openCall: OpenCall
  /** How proofs of its ends are verified: what is known of the anchor, and with an RPC also on the chain. */
  proofs?: VerifyOptions
}

export interface ExportVerdict {
  format: string
  count: number
  sha256: string
  query: LogExport['query']
  madeAt: number
  /** Who took the file away, through which hospital. */
  exportedBy: { mspId: string, as: string, reader: string }
  /** Hospitals whose own count and list are those of the file. */
  attestedBy: string[]
  firstBlock?: number
  lastBlock?: number
  anchor?: LogExport['anchor']
  proofs: Array<{ end: string, eventId: string, block: number, batch: number, state: string }>
  checks: string[]
  warnings: string[]
}

type Attested = LogExport & { signer: string }

/**
 * Verifies an exported file by its manifest, offline: the hospitals' signatures up to the network document, the file, its events, and the
 * proofs of its ends. @throws {ClientError} EXPORT_FALSE with the first thing that is wrong; FILE_DAMAGED for what is no manifest
 */
export async function verifyExport (toVerify: ExportToVerify): Promise<ExportVerdict> {
  const { file, manifest: value, document, openCall, proofs: options = {} } = toVerify
  const manifest = requireManifest(value)
  if (manifest.networkId !== document.networkId) {
    throw exportFalse('NETWORK_MISMATCH', `The export is of network ${manifest.networkId}, expected was ${document.networkId}.`)
  }
  const attested = manifest.attestations.map(({ statement, registration }): Attested => {
    const { said, signer } = openAttestation(statement, fromHex(manifest.networkId))
    requireSigner({ said, signer }, registration, document, openCall)
    return { ...said, signer }
  })
  const first = requireAlike(attested)
  await requireFile(file(), first)
  const { right, warnings, ends } = await requireEvents(file, attested, manifest.networkId)
  const proofs = await verifyEnds(manifest, ends, { ...options, pins: { ...options.pins, networkId: document.networkId } })
  const { format, count, fileHash, query, madeAt, mspId, as, reader, firstBlock, lastBlock, anchor } = first
  return {
    format,
    count: right[0]?.count ?? count,
    sha256: fileHash,
    query,
    madeAt,
    exportedBy: { mspId, as, reader },
    attestedBy: right.map((one) => one.mspId),
    ...(firstBlock !== undefined && { firstBlock }),
    ...(lastBlock !== undefined && { lastBlock }),
    ...(anchor !== undefined && { anchor }),
    proofs,
    checks: [
      'each hospital\'s admin, listed in the network document, registered the key that signed', 'the file is the one that was signed',
      ...(ends === undefined ? [] : ['its events are those that the hospitals found themselves, all of them, in their order and in their words']),
      ...proofs.map(({ end }) => `its ${end} event is in the anchored log`)
    ],
    warnings: [
      ...warnings,
      ...attested.flatMap((one) => one.later === 0 ? [] : [`When it was made the log of ${one.mspId} had ${String(one.later)} newer events for this query, which are not in the file.`]),
      ...attested.flatMap(({ mspId: by, silent = [] }) => silent.filter((one) => !attested.some((other) => other.mspId === one))
        .map((one) => `${by} had not heard of ${one} for a while when it was made: what that hospital had yet to note is in no log.`)),
      ...(first.as === 'patient' && attested.length === 1 ? [`Only ${mspId} was asked: an event that it hides is not seen.`] : []),
      ...(ends === undefined ? [`The events of a ${format} file are not read again: it is the file that was signed, and the hospitals found ${String(count)} events.`] : [])
    ]
  }
}

function requireManifest (value: unknown): LogManifest {
  if (Value.Check(LogManifest, value)) return value
  const version = typeof value === 'object' && value !== null && 'version' in value ? value.version : undefined
  return version !== undefined && version !== MANIFEST_VERSION
    ? throwDamaged('The manifest', 'other-version', `is of version ${JSON.stringify(version).slice(0, 64)}, and this program knows ${MANIFEST_VERSION} alone`, 'Verify it with a program of that version.')
    : throwDamaged('The manifest', 'other-type', 'is none of an export')
}

/** The key that signed is that of the hospital's proxy, by the word of an admin whom the network document lists. */
function requireSigner (
  { said: { mspId }, signer }: { said: LogExport, signer: string },
  registration: string | undefined,
  document: NetworkDocument,
  openCall: OpenCall
): void {
  const member = document.members.find((one) => one.mspId === mspId)
  if (member === undefined) throw exportFalse('SIGNER_FOREIGN', `${mspId}, which is said to have signed, is no member of the network.`)
  if (registration === undefined) {
    throw exportFalse('SIGNER_UNPROVEN', `Nothing shows that the key that signed for ${mspId} is that hospital's: export again once its admin has registered it.`)
  }
  const call = openCall(registration)
  if (call?.mspId !== mspId || !member.adminKeys.includes(call.key) || call.args[0] !== TRANSACTIONS.directoryRegisterProxy) {
    throw exportFalse('SIGNER_FOREIGN', `No admin of ${mspId}, as the network document lists them, registered the key that signed.`)
  }
  if (registered(call.args[1]) !== signer) {
    throw exportFalse('SIGNER_FOREIGN', `The admin of ${mspId} registered another key than the one that signed.`)
  }
}

function registered (argument = ''): string | undefined {
  try {
    const value: unknown = JSON.parse(argument)
    return Value.Check(ProxyRegistration, value) ? value.signingKey : undefined
  } catch (error) {
    if (error instanceof SyntaxError) return undefined
    throw error
  }
}

/** All speak of the same file and query, each hospital once. */
function requireAlike (attested: readonly Attested[]): Attested {
  const [first, ...others] = attested
  if (first === undefined) throw exportFalse('ATTESTATION_MALFORMED', 'No hospital says anything of this file.')
  const of = ({ fileHash, sizeBytes, format, query, as, throughBlock }: Attested): string =>
    canonicalize({ fileHash, sizeBytes, format, query, as, throughBlock: throughBlock ?? -1 })
  if (others.some((other) => of(other) !== of(first) || other.mspId === first.mspId)) {
    throw exportFalse('ATTESTATIONS_DIFFER', 'The hospitals speak of different files or queries.')
  }
  return first
}

async function requireFile (file: AsyncIterable<Uint8Array>, { fileHash, sizeBytes, madeAt }: Attested): Promise<void> {
  const hash = createSha256()
  let size = 0
  for await (const piece of file) {
    hash.update(piece)
    size += piece.length
  }
  const found = toHex(new Uint8Array(hash.digest()))
  if (found === fileHash && size === sizeBytes) return
  throw exportFalse('FILE_MISMATCH', 'This is not the file that was signed: it was changed, or the manifest is another file\'s.', undefined, {
    sha256: found, expected: fileHash, sizeBytes: size, expectedBytes: sizeBytes, madeAt
  })
}

interface Ends { newest?: FileEvent, oldest?: FileEvent }
interface Compared { right: Attested[], warnings: string[], ends?: Ends }

async function requireEvents (file: () => AsyncIterable<Uint8Array>, attested: readonly Attested[], networkId: string): Promise<Compared> {
  const [first] = attested
  const events = first === undefined ? undefined : readEvents(first.format, file(), { networkId, query: first.query })
  if (events === undefined) return { right: [...attested], warnings: [] }
  const found = new ExportedEvents()
  const ends: Ends = {}
  for await (const event of events) {
    found.add(event.signed)
    ends.newest ??= event
    ends.oldest = event
  }
  const [count, hash] = [found.count, found.digest()]
  const right = attested.filter((one) => one.count === count && one.eventsHash === hash)
  const wrong = attested.filter((one) => !right.includes(one))
  if (right.length === 0) {
    throw exportFalse('EVENTS_MISMATCH', `The file has ${String(count)} events, and they are not those that the hospital found (${String(first?.count ?? 0)}): whoever made it left some out, added some, or wrote something else in their place.`, undefined, {
      count, expected: attested.map((one) => one.count)
    })
  }
  const warnings = wrong.map((one) => `${one.mspId} found ${String(one.count)} events itself, and the file has ${String(count)}, or others.`)
  return { right, warnings, ends }
}

async function verifyEnds ({ proofs }: LogManifest, ends: Ends | undefined, options: VerifyOptions): Promise<ExportVerdict['proofs']> {
  const proven = []
  for (const end of ['newest', 'oldest'] as const) {
    if (proofs[end] === undefined) continue
    const { event, block, batch, state } = await verifyProofFile(proofs[end], options)
    const shown = ends?.[end]
    const isShown = ends === undefined || (shown !== undefined && event.eventId === shown.eventId && isContent(shown, event))
    if (!isShown) throw exportFalse('PROOF_MISMATCH', `The proof of the ${end} event is of another event than the file's.`, undefined, { eventId: event.eventId })
    proven.push({ end, eventId: event.eventId, block, batch, state })
  }
  return proven
}

/** What stands in the file is what the proof shows; a file has members beside it that say where the event is. */
function isContent ({ content }: FileEvent, event: object): boolean {
  if (content === undefined) return true
  const { blockNumber: _block, repeats: _repeats, ...said } = content
  return canonicalize(said) === canonicalize(event)
}
