import type { CurveBackend, CurveBackendName } from './curve-backend.ts'
import { loadNativeBackend } from './native-backend.ts'
import { nobleBackend } from './noble-backend.ts'

/** Names the backend to use, `native` or `noble`; read once, at the first use of the curve. */
const SETTING = 'EPIONE_CURVE'

let current: CurveBackend | null = null

/** The backend in use: the one that the setting names, else the fastest that loads. */
export function curveBackend (): CurveBackend {
  current ??= chooseBackend()
  return current
}

/** Which curve backend is in use: `native` (libsecp256k1) or `noble`. Throws `TypeError` when the setting `EPIONE_CURVE` cannot be met. */
export function curveBackendName (): CurveBackendName {
  return curveBackend().name
}

/** Forces a curve backend for this process from now on; objects made before stay good. Throws `TypeError` when it does not load. */
export function useCurveBackend (name: CurveBackendName): void {
  current = backendNamed(name)
}

function chooseBackend (): CurveBackend {
  const setting = (globalThis as { process?: { env?: Record<string, string | undefined> } }).process?.env?.[SETTING]
  if (setting === 'native' || setting === 'noble') return backendNamed(setting)
  if (setting !== undefined && setting !== '') throw new TypeError(`${SETTING}: expected native or noble, got "${setting}"`)
  const native = loadNativeBackend()
  return native instanceof Error ? nobleBackend : native
}

function backendNamed (name: CurveBackendName): CurveBackend {
  if (name === 'noble') return nobleBackend
  const native = loadNativeBackend()
  if (native instanceof Error) throw new TypeError(`curve backend native: ${native.message}`, { cause: native.cause })
  return native
}
