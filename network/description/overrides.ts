import { anchorServices, keepAnchorSettings } from '../nodes/anchors.ts'
import { keepIdentitySettings } from '../nodes/identity.ts'
import { fileExists } from '../../host/src/index.ts'
import { writeGatewaySettings } from '../nodes/gateways.ts'
import type { Context } from './context.ts'

/**
 * Takes what the shell of this verb says of gateways, identity providers and anchor services (LOG_LEVEL, DATABASE_URL, BATCH_INTERVAL_MS
 * and others) into the settings that they were started with before: a service that runs with others is then not as specified, and is
 * restarted.
 */
export async function takeOverrides (context: Context): Promise<void> {
  const { topology, paths, settings } = context
  for (const organization of topology.played) {
    if (await fileExists(paths.organization(organization.id).gateway.settings)) {
      await writeGatewaySettings(organization, topology, paths, settings)
    }
    if (await fileExists(paths.organization(organization.id).provider.settings)) await keepIdentitySettings(organization, paths, settings)
  }
  for (const { organization } of anchorServices(topology)) {
    if (await fileExists(paths.organization(organization.id).anchor.settings)) await keepAnchorSettings(organization, context)
  }
}
