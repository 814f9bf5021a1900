export type BackendName = 'native' | 'noble'

interface Choice<B> { what: string, noble: B, loadNative: () => B | Error }

/** What a setting of the environment names; undefined where it says nothing. Throws `TypeError` for anything else. */
export function namedBySetting (setting: string): BackendName | undefined {
  const name = (globalThis as { process?: { env?: Record<string, string | undefined> } }).process?.env?.[setting] ?? ''
  if (name === '') return undefined
  if (name === 'native' || name === 'noble') return name
  throw new TypeError(`${setting}: expected native or noble, got "${name}"`)
}

/** The backend of a name. Throws `TypeError` when it does not load. */
export function backendNamed<B> (name: BackendName, { what, noble, loadNative }: Choice<B>): B {
  if (name === 'noble') return noble
  const native = loadNative()
  if (native instanceof Error) throw new TypeError(`${what} backend native: ${native.message}`, { cause: native.cause })
  return native
}

/** The native backend where it loads. */
export function fastestBackend<B> ({ noble, loadNative }: Choice<B>): B {
  const native = loadNative()
  return native instanceof Error ? noble : native
}
