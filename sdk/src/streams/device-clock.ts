import { randomBytes, toHex } from '@epione/crypto'

/** The clocks of a device's machine, ms. `wall` may be wrong, or set at any time; `monotonic` only rises, and starts anew with a boot. */
export interface MachineClocks { readonly wall?: () => number, readonly monotonic?: () => number }

/** How far (ms) the clocks of two organisations, or of one and a device that was set by two, may lie apart. */
export const CLOCK_TOLERANCE_MS = 60_000

/** By which clock a device told a time: `originMs`, what it showed when the monotonic one showed zero; whether it was set by then. */
export interface ClockMark { readonly originMs: number, readonly isSet: boolean }

/**
 * The time at a device by a gateway's clock, as far as one was read since this start of the device; else by its own, which may have begun
 * at 1970. What is known rests on the monotonic clock: whoever sets the other one changes nothing.
 */
export class DeviceClock {
  /** 16 random bytes of this start, hex. */
  readonly bootId = toHex(randomBytes(16))
  readonly #wall: () => number
  readonly #monotonic: () => number
  /** A gateway's time when the monotonic clock showed zero, and what two organisations agreed on as that. */
  #originMs: number | undefined
  #agreedMs: number | undefined

  constructor ({ wall = Date.now, monotonic = () => performance.now() }: MachineClocks = {}) {
    this.#wall = wall
    this.#monotonic = monotonic
  }

  get isSet (): boolean {
    return this.#originMs !== undefined
  }

  /** The time (ms) when the monotonic clock showed zero, of a gateway's time that was just read. */
  originOf (gatewayMs: number): number {
    return gatewayMs - this.#monotonic()
  }

  /** Takes what `originOf` made of a time that two organisations agree on. */
  set (originMs: number): void {
    this.#originMs = originMs
    this.#agreedMs = originMs
  }

  /**
   * Takes one gateway's time (ms) that was just read where it lies within a minute of what two agreed on, whatever one of them said since;
   * false where it does not: then this clock stood still or drifted, as machines let theirs, or the gateway's is wrong.
   */
  correct (gatewayMs: number): boolean {
    const originMs = this.originOf(gatewayMs)
    if (this.#agreedMs === undefined || Math.abs(originMs - this.#agreedMs) > CLOCK_TOLERANCE_MS) return false
    this.#originMs = originMs
    return true
  }

  now (): number {
    return Math.round(this.#originMs === undefined ? this.#wall() : this.#originMs + this.#monotonic())
  }

  /** The clock that `now` tells the time by. */
  mark (): ClockMark {
    return { originMs: this.#originMs ?? this.#wall() - this.#monotonic(), isSet: this.isSet }
  }

  /** What is to be added (ms) to times that were told by a clock which was not set then, and is now. */
  shiftSince ({ originMs, isSet }: ClockMark): number {
    return isSet || this.#originMs === undefined ? 0 : Math.round(this.#originMs - originMs)
  }

  /** What was added to the machine's own clock; nothing while no gateway's is known. */
  offset (): { offsetMs?: number } {
    return this.#originMs === undefined ? {} : { offsetMs: Math.round(this.now() - this.#wall()) }
  }
}
