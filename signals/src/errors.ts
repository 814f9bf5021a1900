export type SignalErrorCode =
  /** Bytes or text that are not of the format, or do not validate; `line` and `column` say where. */
  | 'FORMAT_INVALID'
  /** A measurement without a time: a stream has nowhere to put it. */
  | 'TIME_MISSING'
  /** A kind of measurement that this format has no name for, or that we do not know. */
  | 'KIND_UNKNOWN'
  /** No unit of UCUM. */
  | 'UNIT_UNKNOWN'
  /** Two units of different dimensions. */
  | 'UNIT_MISMATCH'
  /** A series that contradicts itself: lengths, times, numbers. */
  | 'SERIES_INVALID'
  /** What the format cannot say. */
  | 'NOT_EXPRESSIBLE'
  /** No heart beat was found in a trace. */
  | 'NO_BEATS'
  /** Rules that do not fit their schema. */
  | 'RULES_INVALID'

export interface SignalErrorOptions extends ErrorOptions {
  /** From 1. */
  readonly line?: number
  /** From 1: a character in JSON, a field in CSV. */
  readonly column?: number
  /** From 0, in binary formats. */
  readonly byte?: number
}

/** The only error that functions of this workspace throw for what they are given. Callers branch on `code`. */
export class SignalError extends Error {
  override readonly name = 'SignalError'
  readonly code: SignalErrorCode
  readonly line: number | undefined
  readonly column: number | undefined
  readonly byte: number | undefined

  constructor (code: SignalErrorCode, message: string, { line, column, byte, ...options }: SignalErrorOptions = {}) {
    const place = line !== undefined ? `line ${line}${column === undefined ? '' : `, column ${column}`}: ` : byte !== undefined ? `byte ${byte}: ` : ''
    super(place + message, options)
    this.code = code
    this.line = line
    this.column = column
    this.byte = byte
  }
}
