import { createSha256, ExportedEvents, toHex } from '@epione/crypto'
import type { ExportFormat, LogExport, LogQuery } from '@epione/protocol'
import type { LoggedAccessEvent } from '@epione/protocol/api'
import { signedLine } from '@epione/protocol/exports'
import { makeProof } from '../access/proof.ts'
import { networkIdHex } from '../context/context.ts'
import { authorizeAs } from '../context/session.ts'
import { ClientError } from '../errors.ts'
import type { GatewayApi } from '../gateways/gateway-api.ts'
import { MANIFEST_VERSION } from './manifest.ts'
import type { LogManifest } from './manifest.ts'
import { openLog } from './open-log.ts'
import type { LogReader, OpenLog } from './open-log.ts'
import { openAttestation } from './attestation.ts'

export interface ExportWanted {
  query: LogQuery
  format: ExportFormat
  /** Name of the file, for the manifest. */
  file: string
  /** The bytes of the file, made of its events as they come. */
  encode: (events: AsyncIterable<LoggedAccessEvent>, log: Pick<OpenLog, 'query' | 'gateways' | 'silent'>) => AsyncIterable<Uint8Array>
}

export interface LogExported {
  count: number
  sizeBytes: number
  sha256: string
  askedMspIds: string[]
  query: LogQuery
  throughBlock?: number
  madeAt: number
  /** How far the newest and the oldest event are proven. */
  proven: { newest?: string, oldest?: string }
  warnings?: string[]
}

/**
 * Writes the log into a file: `write` is given its bytes, which end only when every hospital asked has noted the reading and signed what it
 * finds itself, and then the manifest. What fails leaves no file. @throws {ClientError} ANSWER_MALFORMED for a hospital that signs another
 * thing than it showed
 */
export async function exportLog (
  context: LogReader,
  wanted: ExportWanted,
  write: (bytes: AsyncIterable<Uint8Array>, manifest: () => LogManifest) => Promise<void>
): Promise<LogExported> {
  const log = await openLog(context, wanted.query)
  const seen = new SeenEvents(wanted.format)
  let done: Sealed | undefined
  const sealed = (async function * (): AsyncGenerator<Uint8Array, void, void> {
    const hash = createSha256()
    let sizeBytes = 0
    for await (const piece of wanted.encode(seen.watch(log.events), log)) {
      hash.update(piece)
      sizeBytes += piece.length
      yield piece
    }
    done = await seal(context, wanted, log, { fileHash: toHex(new Uint8Array(hash.digest())), sizeBytes, seen })
  })()
  const requireDone = (): Sealed => {
    if (done === undefined) throw new ClientError('UNEXPECTED', 'The file was not written to its end.')
    return done
  }
  await write(sealed, () => requireDone().manifest)
  const { said: { fileHash, sizeBytes, madeAt }, manifest: { proofs }, warnings } = requireDone()
  const stateOf = (proof: unknown): string => (proof as { state: string }).state
  return {
    count: seen.count,
    sizeBytes,
    sha256: fileHash,
    askedMspIds: log.gateways.map(({ info }) => info.mspId),
    query: log.query,
    ...(log.throughBlock !== undefined && { throughBlock: log.throughBlock }),
    madeAt,
    proven: {
      ...(proofs.newest !== undefined && { newest: stateOf(proofs.newest) }),
      ...(proofs.oldest !== undefined && { oldest: stateOf(proofs.oldest) })
    },
    ...(warnings.length > 0 && { warnings })
  }
}

interface Sealed { manifest: LogManifest, said: LogExport, warnings: string[] }
interface FileMade { fileHash: string, sizeBytes: number, seen: SeenEvents }

/** What of the events that pass is needed at the end. */
class SeenEvents {
  readonly #events = new ExportedEvents()
  newest: string | undefined
  oldest: string | undefined
  hash = ''

  get count (): number {
    return this.#events.count
  }

  readonly #format: ExportFormat

  constructor (format: ExportFormat) {
    this.#format = format
  }

  async * watch (events: AsyncIterable<LoggedAccessEvent>): AsyncGenerator<LoggedAccessEvent, void, void> {
    for await (const event of events) {
      this.#events.add(signedLine(this.#format, event))
      this.newest ??= event.eventId
      this.oldest = event.eventId
      yield event
    }
    this.hash = this.#events.digest()
  }
}

async function seal (
  context: LogReader, { format, file }: ExportWanted, log: OpenLog, { fileHash, sizeBytes, seen }: FileMade
): Promise<Sealed> {
  const { query, throughBlock } = log
  const warnings = [...log.warnings]
  const ask = async (gateway: GatewayApi): Promise<{ attestation: LogManifest['attestations'][number], said: LogExport }> => {
    const attestation = await gateway.attestExport({
      query, format, fileHash, sizeBytes, ...(throughBlock !== undefined && { throughBlock })
    }, authorizeAs(context))
    const { said } = openAttestation(attestation.statement, context.networkId)
    const { mspId } = gateway.info
    if (said.mspId !== mspId || said.fileHash !== fileHash || said.format !== format) {
      throw new ClientError('ANSWER_MALFORMED', `${mspId} signs something else than was asked of it.`, { party: { kind: 'gateway', mspId } })
    }
    if (said.count !== seen.count || said.eventsHash !== seen.hash) {
      warnings.push(`${mspId} itself finds ${String(said.count)} events for this query, and the file has ${String(seen.count)}, or others.`)
    }
    return { attestation, said }
  }
  const made = []
  for (const gateway of log.gateways) made.push(await ask(gateway))
  const [first] = made
  if (first === undefined) throw new ClientError('UNAVAILABLE', 'There is no gateway to ask.')
  if (made.every(({ said }) => said.eventsHash !== seen.hash)) {
    const mspIds = log.gateways.map(({ info }) => info.mspId)
    throw new ClientError('ANSWER_MALFORMED', 'No hospital signs the list of events that it showed: ask again.', {
      party: { kind: 'organizations', mspIds }
    })
  }
  const manifest: LogManifest = {
    version: MANIFEST_VERSION, networkId: networkIdHex(context), file, attestations: made.map(({ attestation }) => attestation), proofs: {}
  }
  for (const end of ['newest', 'oldest'] as const) {
    const eventId = seen[end]
    if (eventId === undefined) continue
    const { proof, warnings: pending } = await makeProof(context, eventId)
    if (pending === undefined) manifest.proofs[end] = proof
    else warnings.push(`The ${end} event is in no anchored batch yet: export again later for its proof.`)
  }
  return { manifest, said: first.said, warnings }
}
