import { backendNamed, fastestBackend, namedBySetting } from './backend-choice.ts'
import type { CurveBackend, CurveBackendName } from './curve-backend.ts'
import { loadNativeBackend } from './native-backend.ts'
import { nobleBackend } from './noble-backend.ts'

/** Names the backend to use, `native` or `noble`; read once, at the first use of the curve. */
const SETTING = 'EPIONE_CURVE'

const CHOICE = { what: 'curve', noble: nobleBackend, loadNative: loadNativeBackend }
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
  current = backendNamed(name, CHOICE)
}

function chooseBackend (): CurveBackend {
  const name = namedBySetting(SETTING)
  return name === undefined ? fastestBackend(CHOICE) : backendNamed(name, CHOICE)
}
