import { loadConsortium } from './consortium.ts'
import { checkPaths } from './path-check.ts'
import { statePaths, type StatePaths } from './paths.ts'
import { readRelease, slotOf } from '../fabric/release.ts'
import { readSettings, type Settings } from './settings.ts'
import { deriveTopology, type Topology } from './topology.ts'

/** Everything a verb works on. */
export interface Context { settings: Settings, topology: Topology, paths: StatePaths }

/** Reads settings and description once. Throws `settings-invalid`, `consortium-invalid`. */
export async function loadContext (): Promise<Context> {
  const settings = readSettings(process.env)
  checkPaths(settings)
  return await contextOf(settings)
}

/** What a verb works on by these settings: of an organisation's two chaincode services, that of the release in service. Throws as above. */
export async function contextOf (settings: Settings): Promise<Context> {
  const paths = statePaths(settings.stateDir)
  const consortium = await loadConsortium(settings.consortiumFile)
  const slot = slotOf(await readRelease(paths) ?? { sequence: 1 })
  return { settings, topology: deriveTopology(consortium, slot, settings.organization), paths }
}
