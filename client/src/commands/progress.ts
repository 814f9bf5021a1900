import type { Io } from './io.ts'

/** Pause in ms between two reports. */
const INTERVAL_MS = { terminal: 100, lines: 1000 } as const
const MIB = 1024 * 1024

export interface ProgressOptions { what: string, totalBytes?: number | undefined, enabled: boolean, isTerminal: boolean }

/** One line on stderr that says how far a stream is. */
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
    const { what, totalBytes, isTerminal } = this.#options
    const mibPerSecond = this.#bytes / MIB / Math.max((performance.now() - this.#started) / 1000, 0.001)
    const share = totalBytes === undefined || totalBytes === 0 ? '' : ` of ${(totalBytes / MIB).toFixed(1)} MiB (${Math.floor(this.#bytes / totalBytes * 100)} %)`
    const line = `${what}: ${(this.#bytes / MIB).toFixed(1)} MiB${share}, ${mibPerSecond.toFixed(0)} MiB/s`
    this.#io.stderr.write(isTerminal ? `\r${line}` : `${line}\n`)
  }
}
