import { join } from 'node:path'
import { calculateJwkThumbprint, exportJWK, generateKeyPair } from 'jose'
import type { JWK } from 'jose'
import { Type } from 'typebox'
import type { Static } from 'typebox'
import { Value } from 'typebox/value'
import { readTextIfExists } from '@epione/host'
import { changeFile } from './changed-file.ts'
import { ACCESS_TOKEN_SECONDS_MAX } from './settings.ts'

/** P-384: what SMART asks servers for. */
export const SIGNING_ALGORITHM = 'ES384'
/**
 * How long (ms) a key is shown before it signs, and how much longer than its last tokens it is shown afterwards: whoever keeps a copy of
 * the keys for so long knows each in time.
 */
export const KEYS_CACHED_MS = 600_000

const Key = Type.Object({
  kty: Type.Literal('EC'),
  crv: Type.Literal('P-384'),
  x: Type.String(),
  y: Type.String(),
  d: Type.String(),
  kid: Type.String({ minLength: 1 }),
  alg: Type.Literal(SIGNING_ALGORITHM),
  use: Type.Literal('sig'),
  /** From when (ms) on it signs. */
  signsFrom: Type.Integer({ minimum: 0 })
})
const KeysFile = Type.Object({ keys: Type.Array(Key, { minItems: 1 }) })
type Key = Static<typeof Key>

/** The provider's keys: a file that several processes may change, one after the other. */
export class KeyFile {
  readonly #file: string
  readonly #clock: () => number

  constructor (dataDir: string, clock: () => number = Date.now) {
    this.#file = join(dataDir, 'signing-keys.json')
    this.#clock = clock
  }

  /**
   * The keys as they are now: the first one signs, all of them are shown. One is made where there is none.
   * @throws {Error} for a file that is none of keys
   */
  async current (): Promise<JWK[]> {
    const now = this.#clock()
    const keys = await this.#read()
    if (keys.length === 0) {
      await this.#change((others, next) => others.length > 0 ? others : [next(now)])
      return await this.current()
    }
    const [coming, started] = [keys.filter(({ signsFrom }) => signsFrom > now), keys.filter(({ signsFrom }) => signsFrom <= now)]
    // A clock that was set back leaves the oldest one.
    const [signing, ...former] = started.length > 0 ? started : coming.slice(-1)
    const shown = [...signing === undefined ? [] : [signing], ...former, ...coming.filter((key) => key !== signing)]
    return shown.map(({ signsFrom: _, ...jwk }) => jwk)
  }

  /**
   * Makes a further key, unless one is coming already. It is shown from now on and signs after `KEYS_CACHED_MS`; the one before is shown
   * until its last token has ended. With `atOnce` the new one signs now, and no other counts from now on: for keys that somebody stole.
   */
  async rotate ({ atOnce = false } = {}): Promise<void> {
    const now = this.#clock()
    const isComing = (key: Key): boolean => key.signsFrom > now && !isOfOddClock(key, now)
    await this.#change((keys, next) => atOnce
      ? [next(now)]
      : [...keys.some(isComing) ? [] : [next(now + KEYS_CACHED_MS)], ...withoutEnded(keys, now)])
  }

  /** Makes a further key where the newest has signed for `everyMs`, and takes away those whose tokens have ended. */
  async keepUp (everyMs: number): Promise<void> {
    const now = this.#clock()
    const isDue = (keys: Key[]): boolean => keys.every((key) => key.signsFrom + everyMs <= now || isOfOddClock(key, now))
    const read = await this.#read()
    if (!isDue(read) && withoutEnded(read, now).length === read.length) return
    await this.#change((keys, next) => [...isDue(keys) ? [next(now + KEYS_CACHED_MS)] : [], ...withoutEnded(keys, now)])
  }

  async #change (change: (keys: Key[], next: (signsFrom: number) => Key) => Key[]): Promise<void> {
    const made = await generateKey()
    await changeFile(this.#file, async () => JSON.stringify({ keys: change(await this.#read(), (signsFrom) => ({ ...made, signsFrom })) }))
  }

  /** Newest first. */
  async #read (): Promise<Key[]> {
    const text = await readTextIfExists(this.#file)
    if (text === undefined) return []
    const parsed: unknown = JSON.parse(text)
    if (!Value.Check(KeysFile, parsed)) throw new Error(`${this.#file} is no list of signing keys: put it there again from a backup, or take it away, and all who are signed in sign in anew`)
    return parsed.keys
  }
}

/** Made while the clock was ahead: it signs nothing for long, and must keep no other from being made. */
function isOfOddClock ({ signsFrom }: Key, now: number): boolean {
  return signsFrom > now + KEYS_CACHED_MS
}

/** A key's last token is signed just before its successor begins, and lasts no longer than any may. */
function withoutEnded (keys: Key[], now: number): Key[] {
  return keys.filter((_, place) => {
    const successor = keys[place - 1]
    return successor === undefined || successor.signsFrom + ACCESS_TOKEN_SECONDS_MAX * 1000 + KEYS_CACHED_MS > now
  })
}

async function generateKey (): Promise<Omit<Key, 'signsFrom'>> {
  const { privateKey } = await generateKeyPair(SIGNING_ALGORITHM, { extractable: true })
  const jwk = await exportJWK(privateKey)
  const key = { ...jwk, kid: await calculateJwkThumbprint(jwk), alg: SIGNING_ALGORITHM, use: 'sig' }
  return Value.Parse(Type.Omit(Key, ['signsFrom']), key)
}
