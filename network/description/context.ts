import { loadConsortium } from './consortium.ts'
import { checkPaths } from './path-check.ts'
import { statePaths, type StatePaths } from './paths.ts'
import { readSettings, type Settings } from './settings.ts'
import { deriveTopology, type Topology } from './topology.ts'

/** Everything a verb works on. */
export interface Context { settings: Settings, topology: Topology, paths: StatePaths }

/** Reads settings and description once. Throws `settings-invalid`, `consortium-invalid`. */
export async function loadContext (): Promise<Context> {
  const settings = readSettings(process.env)
  checkPaths(settings)
  const topology = deriveTopology(await loadConsortium(settings.consortiumFile))
  return { settings, topology, paths: statePaths(settings.stateDir) }
}
