/** The ledger refuses what is 30 s from an endorser's clock; half of it leaves time to set the clock. */
const OFF_MAX_MS = 15_000
/** One other hospital alone, whose clock may be the wrong one, says nothing. */
const VOICES_MIN = 2
/** Age (ms) after which what a hospital said counts no more: it is asked every few seconds. */
const VOICE_LIFE_MS = 60_000

/**
 * Compares the own clock with what the other hospitals' gateways say, whom a gateway asks every few seconds anyway. A clock that is off
 * has every statement refused, and permits end too early or too late.
 */
export class Clocks {
  readonly #clock: () => number
  readonly #heard = new Map<string, { offsetMs: number, at: number }>()

  constructor (clock: () => number) {
    this.#clock = clock
  }

  /** What another gateway's clock said (ms) in answer to a question of `askedAt`: it was read some time between then and now. */
  hear (mspId: string, timeMs: number, askedAt: number): void {
    const now = this.#clock()
    const [least, most] = [timeMs - now, timeMs - askedAt]
    // As near to 0 as the time of the way allows: a slow answer must not look like a wrong clock.
    this.#heard.set(mspId, { offsetMs: Math.min(Math.max(0, least), most), at: now })
  }

  /** By how much (ms) the others' clocks are ahead of the own one, by MSP id. */
  offsets (): Map<string, number> {
    const now = this.#clock()
    const speaking = [...this.#heard].filter(([, { at }]) => Math.abs(now - at) <= VOICE_LIFE_MS)
    return new Map(speaking.map(([mspId, { offsetMs }]) => [mspId, offsetMs]))
  }

  /** False when more than half of those that speak, and two at least, are ahead by more than 15 s, or so many behind. */
  isRight (): boolean {
    const offsets = [...this.offsets().values()]
    const isMost = (count: number): boolean => count >= VOICES_MIN && count * 2 > offsets.length
    return !isMost(offsets.filter((ms) => ms > OFF_MAX_MS).length) && !isMost(offsets.filter((ms) => ms < -OFF_MAX_MS).length)
  }
}
