/** Why a series or a window's content is refused. */
export type StreamErrorCode =
  /** Measurements that contradict themselves, or are more than a window takes. */
  | 'SERIES_INVALID'
  /** Bytes that no encoder of this format makes. */
  | 'WINDOW_CONTENT_INVALID'

/** Thrown for measurements and for contents of windows that are refused; the message says which part, and shows no measurement. */
export class StreamError extends Error {
  override readonly name = 'StreamError'
  readonly code: StreamErrorCode

  constructor (code: StreamErrorCode, message: string, options?: { cause?: unknown }) {
    super(message, options)
    this.code = code
  }
}
