import type { SignedStatement } from '@epione/crypto'

/** A window as it was sealed when it was measured; its content key goes as soon as it is sent. */
export interface MeasuredWindow {
  readonly number: number
  readonly contentKey: string
  readonly contentHash: string
  readonly cid: string
  readonly sizeBytes: number
  /** Of an import: what it is of, and how manieth of its windows, from 0. */
  readonly source?: { readonly name: string, readonly index: number }
}

/** A window as it was signed for sending. */
export interface SignedWindow {
  readonly number: number
  readonly id: string
  readonly statement: SignedStatement
  readonly wrap: string
  readonly epoch: number
  readonly sizeBytes: number
}

/** Windows that are sent together. They are on the disk before they are sent first, so that what is sent again is the same. */
export interface WindowBatch {
  readonly windows: readonly SignedWindow[]
  /** Signed for the same numbers before, and outdated before a gateway was known to have them. */
  readonly former: readonly SignedWindow[]
}

/** A segment that was signed, and of which no gateway has said yet that it is on the ledger. */
export interface SignedSegment {
  readonly id: string, readonly version: number, readonly first: number, readonly last: number, readonly statement: SignedStatement
}

/** A segment of which one gateway said that it is on the ledger, and no other organisation yet. */
export interface ToldSegment extends SignedSegment {
  /** Whose gateway said so (MSP id), and when (ms). */
  readonly by: string
  readonly toldAt: number
  /** The segment before it. */
  readonly before?: QueueState['segment']
}

/** How far a stream is. */
export interface QueueState {
  readonly stream: string
  /** The last window that two hospitals have. */
  readonly sent?: { readonly number: number, readonly id: string }
  /** The newest segment on the ledger. */
  readonly segment?: { readonly version: number, readonly id: string, readonly last: number } | undefined
  readonly closing?: SignedSegment
  /** The newest segments, in order, as long as no other organisation has shown them. */
  readonly told?: readonly ToldSegment[]
  /** The period in which a segment was closed last. */
  readonly period?: number
  /** No number below is given any more. */
  readonly next: number
  /** Windows of each import that were sealed. */
  readonly imports: Readonly<Record<string, number>>
}
