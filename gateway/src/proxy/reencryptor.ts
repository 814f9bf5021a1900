import { availableParallelism } from 'node:os'
import type { AnswerFailure, GrantKeys, ProvenPrecursor, WrapOutline } from '@epione/crypto'
import type { SignedAnswer } from '@epione/protocol'
import { Piscina } from 'piscina'
import { GatewayError } from '../errors.ts'

/** Keys under which a kfrag or cfrag is valid, 33 bytes each, in a form that crosses threads. */
export interface GrantKeyBytes { signingKey: Uint8Array, delegatingKey: Uint8Array, receivingKey: Uint8Array }

export function toKeyBytes (keys: GrantKeys): GrantKeyBytes {
  return { signingKey: keys.signingKey.toBytes(), delegatingKey: keys.delegatingKey.toBytes(), receivingKey: keys.receivingKey.toBytes() }
}

/** A kfrag (310 bytes) that claims to be signed for these keys. */
export interface KfragCheck { kfrag: Uint8Array, keys: GrantKeyBytes }

/** A capsule (98 bytes) with the place (32 bytes) that it is to be of. */
export interface PlacedCapsule { bytes: Uint8Array, place: Uint8Array }
/** Capsules of one compartment to re-encrypt: `kfrag` 310 bytes, `precursor` the 33 bytes that the consent names. */
export interface Reencryption { kfrag: Uint8Array, capsules: readonly PlacedCapsule[], keys: GrantKeyBytes, precursor: Uint8Array }
/** `batch` for all but the capsules at the positions `broken`; null when these are all. */
export interface Reencrypted { batch: Uint8Array | null, broken: number[] }

/** An answer to check against what the event and the consent make of it. */
export interface AnswerCheck {
  answer: SignedAnswer
  networkId: Uint8Array
  /** The registered signing key of the proxy that answered. */
  signingKey: Uint8Array
  /** What the event names. */
  expected: { eventId: string, consentId: string, receivingKey: string }
  /** Hashes of the wraps that the event names in the compartment of the kfrag that the answer names. */
  requested: readonly string[]
  /** Outlines of the wraps that were asked for. */
  wraps: readonly WrapOutline[]
  /** What the consent lists under that kfrag for that proxy, with what its precursor is bound to; absent when it lists nothing. */
  listed?: {
    kfragId: string
    commitment: string
    keys: GrantKeyBytes
    precursor: ProvenPrecursor
    patientId: string
    label: string
    epoch: number
  } | undefined
}

/** The curve's work of a gateway, away from its event loop. `origin` is the organisation that causes it, `staffId` who of its staff. */
export interface Reencryptor {
  /** Looks whether so many capsules would be taken now, and keeps no room for them. @throws {GatewayError} OVERLOADED */
  requireRoom: (capsules: number, origin: string, staffId?: string) => void
  /** @throws {GatewayError} OVERLOADED */
  reencrypt: (task: Reencryption, origin: string, staffId?: string) => Promise<Reencrypted>
  /** True when the patient signed the kfrag for these keys and its commitment fits. @throws {GatewayError} OVERLOADED */
  isKfragValid: (check: KfragCheck) => Promise<boolean>
  /** Null for a good answer. @throws {GatewayError} OVERLOADED */
  checkAnswer: (check: AnswerCheck, origin: string) => Promise<AnswerFailure | null>
  close: () => Promise<void>
}

/**
 * Capsules that may wait or be at work, about 20 s of one thread without libsecp256k1, below 2 s with it: more is shed before latency
 * collapses. A request for 64 records counts as 64 for one. Of them one organisation has half at most, so that none takes all from the
 * others: eight requests for as many windows as one answer may be for. One person has three quarters of that, who reads a day has two such
 * requests under way: however much somebody reads, a colleague's few records find room.
 */
const CAPSULES_MAX = 4096
const CAPSULES_OF_ORIGIN_MAX = CAPSULES_MAX / 2
const CAPSULES_OF_PERSON_MAX = CAPSULES_OF_ORIGIN_MAX / 4 * 3
/** Origin of what patients' consents cause. */
const CUSTODY = 'custody'
/** How long (ms) a further thread stays without work: starting one costs more than most requests do. */
const IDLE_MS = 60_000
/** Seconds after which the queue has room again. */
const RETRY_AFTER_SECONDS = 5

/** A pool of one thread per core. */
export function createReencryptor (threads = availableParallelism()): Reencryptor {
  // The worker lies beside this file, as TypeScript or as the build left it.
  const filename = new URL(import.meta.url.endsWith('.ts') ? './reencryption-worker.ts' : './reencryption-worker.js', import.meta.url).href
  const pool = new Piscina({ filename, minThreads: 1, maxThreads: threads, idleTimeout: IDLE_MS })
  let taken = 0
  const takenOf = new Map<string, number>()
  const count = (callers: readonly string[], capsules: number): void => {
    taken += capsules
    for (const caller of callers) {
      takenOf.set(caller, (takenOf.get(caller) ?? 0) + capsules)
      if (takenOf.get(caller) === 0) takenOf.delete(caller)
    }
  }
  const personOf = (origin: string, staffId?: string): string[] => staffId === undefined ? [] : [`${origin}/${staffId}`]
  const requireRoom = (capsules: number, origin: string, staffId?: string): void => {
    const isOver = (most: number) => (caller: string): boolean => (takenOf.get(caller) ?? 0) + capsules > most
    const isPersonOver = personOf(origin, staffId).some(isOver(CAPSULES_OF_PERSON_MAX))
    if (taken + capsules > CAPSULES_MAX || isOver(CAPSULES_OF_ORIGIN_MAX)(origin) || isPersonOver) {
      throw new GatewayError('OVERLOADED', 'too many re-encryptions are waiting', { retryAfterSeconds: RETRY_AFTER_SECONDS })
    }
  }
  const run = async (name: string, task: object, capsules: number, origin: string, staffId?: string): Promise<unknown> => {
    requireRoom(capsules, origin, staffId)
    const callers = [origin, ...personOf(origin, staffId)]
    count(callers, capsules)
    try {
      return await pool.run(task, { name }) as unknown
    } finally {
      count(callers, -capsules)
    }
  }
  return {
    requireRoom,
    reencrypt: async (task, origin, staffId) =>
      await run('reencryptCapsules', task, task.capsules.length, origin, staffId) as Reencrypted,
    isKfragValid: async (check) => await run('isKfragValid', check, 1, CUSTODY) as boolean,
    checkAnswer: async (check, origin) =>
      await run('checkAnswer', check, check.answer.body.wrapHashes.length, origin) as AnswerFailure | null,
    close: async () => { await pool.close() }
  }
}
