import { randomBytes, toHex } from '@epione/crypto'

/** The clocks of a device's machine, ms. `wall` may be wrong, or set at any time; `monotonic` only rises, and starts anew with a boot. */
export interface MachineClocks { readonly wall?: () => number, readonly monotonic?: () => number }

/**
 * The time at a device by a gateway's clock, as far as one was read since this start of the device; else by its own, which may have begun
 * at 1970. What is known rests on the monotonic clock: whoever sets the other one changes nothing.
 */
export class DeviceClock {
  /** 16 random bytes of this start, hex. */
  readonly bootId = toHex(randomBytes(16))
  readonly #wall: () => number
  readonly #monotonic: () => number
  /** A gateway's time when the monotonic clock showed zero. */
  #originMs: number | undefined

  constructor ({ wall = Date.now, monotonic = () => performance.now() }: MachineClocks = {}) {
    this.#wall = wall
    this.#monotonic = monotonic
  }

  get isSet (): boolean {
    return this.#originMs !== undefined
  }

  /** Takes a gateway's time (ms) that was just read. */
  set (gatewayMs: number): void {
    this.#originMs = gatewayMs - this.#monotonic()
  }

  now (): number {
    return Math.round(this.#originMs === undefined ? this.#wall() : this.#originMs + this.#monotonic())
  }

  /** Where a moment (ms, as `now` tells it) stood on the monotonic clock, never below zero. */
  monotonicOf (momentMs: number): number {
    return Math.max(0, Math.round(this.#monotonic() - (this.now() - momentMs)))
  }

  /** What was added to the machine's own clock; nothing while no gateway's is known. */
  offset (): { offsetMs?: number } {
    return this.#originMs === undefined ? {} : { offsetMs: Math.round(this.now() - this.#wall()) }
  }
}
