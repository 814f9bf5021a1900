export { messageOf } from '../host/src/index.ts'

/** Everything a verb of the network can fail with; callers branch on `code`. */
export type NetworkErrorCode =
  | 'consortium-invalid'
  | 'settings-invalid'
  | 'state-foreign'
  | 'state-busy'
  | 'state-damaged'
  | 'tool-missing'
  | 'build-failed'
  | 'build-not-approved'
  | 'bundle-invalid'
  | 'fingerprint-wrong'
  | 'proposal-refused'
  | 'not-founded'
  | 'port-taken'
  | 'process-failed'
  | 'command-failed'
  | 'timeout'

/** A failure that its reader can act on: `message` says what is wrong, `advice` what to do about it. */
export class NetworkError extends Error {
  override readonly name = 'NetworkError'
  readonly code: NetworkErrorCode
  readonly advice: string | undefined

  constructor (code: NetworkErrorCode, message: string, options: { advice?: string, cause?: unknown } = {}) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause })
    this.code = code
    this.advice = options.advice
  }
}

/** A text to be shown by a terminal: what files of others say may move no cursor, hide no line and turn no direction. */
export function printable (text: string): string {
  return text.replace(/[^\P{C}\n\t]/gu, (character) => `\\u{${(character.codePointAt(0) ?? 0).toString(16)}}`)
}
