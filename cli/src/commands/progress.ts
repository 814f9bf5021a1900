import type { Io } from './io.ts'

/** Pause in ms between two reports. */
const INTERVAL_MS = { terminal: 100, lines: 1000 } as const
const KIB = 1024
const MIB = 1024 * KIB

export interface ProgressOptions {
  what: string
  totalBytes?: number | undefined
  /** How an amount that is no number of bytes is written. */
  format?: ((amount: number, seconds: number) => string) | undefined
  enabled: boolean
  isTerminal: boolean
}

/** One line on stderr that says how far a stream, or other long work, is. */
export class ProgressLine {
  readonly #io: Io
  readonly #options: ProgressOptions
  readonly #started = performance.now()
  #reportedAt = -Infinity
  #bytes = 0

  constructor (io: Io, options: ProgressOptions) {
    this.#io = io
    this.#options = options
  }

  readonly report = (bytes: number): void => {
    this.#bytes = bytes
    const { enabled, isTerminal } = this.#options
    const now = performance.now()
    if (!enabled || now - this.#reportedAt < INTERVAL_MS[isTerminal ? 'terminal' : 'lines']) return
    this.#reportedAt = now
    this.#write()
  }

  /** The last report, and the end of the line on a terminal. */
  end (): void {
    if (!this.#options.enabled) return
    this.#write()
    if (this.#options.isTerminal) this.#io.stderr.write('\n')
  }

  #write (): void {
    const { what, format, isTerminal } = this.#options
    const seconds = Math.max((performance.now() - this.#started) / 1000, 0.001)
    const line = `${what}: ${format === undefined ? this.#describeBytes(seconds) : format(this.#bytes, seconds)}`
    this.#io.stderr.write(isTerminal ? `\r${line}` : `${line}\n`)
  }

  #describeBytes (seconds: number): string {
    const { totalBytes } = this.#options
    const share = totalBytes === undefined || totalBytes === 0
      ? ''
      : ` of ${formatBytes(totalBytes)} (${Math.floor(this.#bytes / totalBytes * 100)} %)`
    const rate = this.#bytes < MIB ? '' : `, ${(this.#bytes / MIB / seconds).toFixed(0)} MiB/s`
    return `${formatBytes(this.#bytes)}${share}${rate}`
  }
}

function formatBytes (bytes: number): string {
  if (bytes < KIB) return `${bytes} bytes`
  return bytes < MIB ? `${(bytes / KIB).toFixed(1)} KiB` : `${(bytes / MIB).toFixed(1)} MiB`
}
