/**
 * How a room tells what happens for as long as somebody listens: its function takes this as its third argument, calls `tell` with plain
 * data, and ends when `signal` says so. Whatever it opened at a hospital is closed then.
 */
export interface Hearing<T> { tell: (event: T) => void, signal: AbortSignal }
