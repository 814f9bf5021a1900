import { READERS } from '@epione/protocol/api'
import type { ProvenWindows, WindowAnswers } from '@epione/protocol/api'
import type { FastifyInstance } from 'fastify'
import type { Person } from '@epione/protocol'
import { GatewayError } from '../errors.ts'
import { requirePermittedWindows } from '../proxy/answer-windows.ts'
import type { WindowName } from '../proxy/answer-windows.ts'
import type { ProxyFailure } from '../proxy/collect-answers.ts'
import { collectAll, requireOwnPermit } from './collect-cfrags.ts'
import { drawLot } from './draw-lot.ts'

/** Windows as their reader shows them, and hospitals whose proxies are not to be asked. */
export interface WantedWindows { windows: readonly ProvenWindows[], without?: readonly string[] | undefined }

/**
 * The same of windows whose segments a permit names, as the reader shows them: with what proves them, and their wraps. Nothing of the event
 * is read anew for each of the requests that a day takes. As many proxies are asked as the consent needs, drawn by lot each time, those
 * last that were silent in the last minutes; others only where one of these gives nothing, or the reader found its answer false and says
 * `without` it.
 * What came is passed on, enough or not: the reader judges it.
 * @throws {GatewayError} WRAP_UNKNOWN for what the event does not name, REQUEST_INVALID for the same twice; as `collectCfrags`
 */
export async function collectWindows (
  app: FastifyInstance, eventId: string, person: Person, { windows: asked, without = [] }: WantedWindows
): Promise<WindowAnswers> {
  const { proxy, peers, ports: { patience: timing, lot = drawLot } } = app
  const ownMspId = proxy.context.mspId
  const permit = requireOwnPermit(await proxy.recallPermit(eventId, ownMspId), person)
  if (permit.event.action !== 'read') throw new GatewayError('NOT_PERMITTED', 'the access event permits to read no segments')
  const windows = await requirePermittedWindows(permit, asked, proxy.context.networkId)
  if (new Set(windows.map(({ wrapHash }) => wrapHash)).size < windows.length) {
    throw new GatewayError('REQUEST_INVALID', 'the same window, or two with one wrap, cannot be asked for at once')
  }
  const wraps = new Map(windows.map(({ name, wrap }) => [nameText(name), wrap]))
  const { answers, failures } = await collectAll<WindowName>({ proxy, peers, timing }, permit, {
    named: windows.map(({ name, wrapHash }) => ({ ...name, wrapHash })),
    windows,
    // Who said nothing a while ago is waited for again only where the others are not enough.
    order: (proxies) => peers.doubtedLast(lot(proxies.filter((mspId) => !without.includes(mspId)))),
    findWrap: async (name) => await Promise.resolve(wraps.get(nameText(name)) ?? ''),
    ask: async (mspId, _wraps, signal) => mspId === ownMspId
      ? await proxy.answerProvenWindows(eventId, ownMspId, windows)
      : await peers.of(mspId).call(READERS.reencryptWindows, { body: { eventId, windows: [...asked] } }, signal)
  })
  for (const { mspId, code } of failures) if (code === 'PROXY_SILENT') peers.doubt(mspId)
  return { answers, failures: failures.map(tellWindows) }
}

/** A proxy's failure in the words of windows. */
export function tellWindows<N extends object> (
  { records, ...failure }: ProxyFailure<N>
): Omit<ProxyFailure, 'records'> & { windows?: Array<N & { code: string, detail: string }> } {
  const { code, detail } = failure
  return { ...failure, ...(records !== undefined && { windows: records.map((name) => ({ ...name, code, detail })) }) }
}

const nameText = ({ recordId, version, number }: WindowName): string => `${recordId} ${String(version)} ${String(number)}`
