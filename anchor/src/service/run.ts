import { setTimeout as delay } from 'node:timers/promises'
import { Refusal } from '@epione/protocol/verify'
import { BlockError } from '@epione/ledger/blocks'
import { isStorageFull } from '@epione/host'
import { AnchorError } from '../errors.ts'
import type { AnchorErrorCode } from '../errors.ts'
import type { Alarms } from './alarms.ts'
import { followBlocks } from './follow.ts'
import { describeError } from './logger.ts'
import type { Assembly } from './assemble.ts'

/** Pause (ms) between two passes: on a node of our own, and on somebody else's RPC. */
const PASS_EVERY_MS = { local: 500, remote: 5_000 }
/** Pause (ms) before a lost peer is asked again. */
const FOLLOW_RETRY_MS = 1_000

/** The parts that the two loops work with. */
export type Running = Pick<Assembly, 'ledger' | 'readVersions' | 'blocks' | 'alarms' | 'log'> &
  { fabric: Pick<Assembly['fabric'], 'rawBlocks'>, service: Pick<Assembly['service'], 'pass'>, network: Pick<Assembly['network'], 'local'> }

/** A service whose last good pass is older (ms) is not ready. */
const STALE_AFTER_MS = 60_000

/** Health of the two loops, for readiness. */
export interface Loops { passedAt?: number, following: boolean }

/** Ready while blocks come, passes end and what they write finds room. */
export function readiness (
  { following, passedAt }: Loops,
  alarms: Alarms,
  now: number
): { ready: boolean, following: boolean, passes: boolean, room: boolean } {
  const [passes, room] = [passedAt !== undefined && now - passedAt < STALE_AFTER_MS, !alarms.isActive('storage_full')]
  return { ready: following && passes && room, following, passes, room }
}

/**
 * Follows the peer and anchors until aborted; failures are logged, and tried again.
 * Throws `LEDGER_MISMATCH`, before it signs anything, when the ledger's network document does not follow from that of NETWORK_FILE.
 */
export async function runService (assembly: Running, loops: Loops, signal: AbortSignal): Promise<void> {
  await requireFounded(assembly, signal)
  const room = new Room(assembly.alarms)
  await Promise.all([follow(assembly, loops, room, signal), work(assembly, loops, room, signal)])
}

/** Waits for the ledger to show the network document, and verifies it version by version. */
export async function requireFounded (
  { readVersions, log }: Pick<Assembly, 'readVersions' | 'log'>,
  signal: AbortSignal
): Promise<void> {
  while (!signal.aborted) {
    try {
      await readVersions()
      return
    } catch (error) {
      if (error instanceof Refusal) throw new AnchorError('LEDGER_MISMATCH', `${error.message}.`, { cause: error })
      log('warn', { err: describeError(error) }, 'the ledger does not say yet what it was founded on')
    }
    await pause(FOLLOW_RETRY_MS, signal)
  }
}

async function follow ({ fabric, blocks, ledger, alarms, log }: Running, loops: Loops, room: Room, signal: AbortSignal): Promise<void> {
  const source = fabric.rawBlocks.bind(fabric)
  const onBlock = (block: number, malformed: readonly number[]): void => {
    room.found('blocks')
    if (malformed.length === 0) return
    alarms.set('envelope_malformed', true)
    log('warn', { block, malformed }, 'envelopes do not re-encode to their own bytes')
  }
  while (!signal.aborted) {
    try {
      loops.following = true
      await followBlocks({ source, blocks, networkId: ledger.networkId, chaincode: ledger.chaincode, clock: Date.now, onBlock }, signal)
    } catch (error) {
      room.note('blocks', error)
      alarms.set('ledger_broken', error instanceof BlockError || (error instanceof AnchorError && error.code === 'NETWORK_MISMATCH'))
      log('error', { err: describeError(error) }, 'the own peer cannot be followed')
    }
    loops.following = false
    await pause(FOLLOW_RETRY_MS, signal)
  }
}

async function work ({ service, network, log }: Running, loops: Loops, room: Room, signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    try {
      await service.pass()
      loops.passedAt = Date.now()
      room.found('passes')
    } catch (error) {
      room.note('passes', error)
      log(
        'error',
        { err: describeError(error), ...(isStorageFull(error) && { code: 'STORAGE_FULL' satisfies AnchorErrorCode }) },
        'a pass failed'
      )
    }
    await pause(network.local ? PASS_EVERY_MS.local : PASS_EVERY_MS.remote, signal)
  }
}

/**
 * What found no room is tried again with each pass and block: nothing is lost, but nothing goes on. A pass that had nothing to
 * write says nothing of the room for blocks, so each loop answers for itself.
 */
class Room {
  readonly #alarms: Alarms
  readonly #without = new Set<'blocks' | 'passes'>()

  constructor (alarms: Alarms) {
    this.#alarms = alarms
  }

  note (loop: 'blocks' | 'passes', error: unknown): void {
    if (isStorageFull(error)) this.#without.add(loop)
    this.#say()
  }

  found (loop: 'blocks' | 'passes'): void {
    this.#without.delete(loop)
    this.#say()
  }

  #say (): void {
    this.#alarms.set('storage_full', this.#without.size > 0)
  }
}

async function pause (ms: number, signal: AbortSignal): Promise<void> {
  await delay(ms, undefined, { signal }).catch((error: unknown) => {
    if (!signal.aborted) throw error
  })
}
