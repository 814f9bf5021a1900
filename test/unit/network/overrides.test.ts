import { join } from 'node:path'
import t from 'tap'
import { anchorServices, anchorSpec, keepAnchorSettings } from '../../../network/nodes/anchors.ts'
import { loadConsortium } from '../../../network/description/consortium.ts'
import { gatewaySpec, writeGatewaySettings } from '../../../network/nodes/gateways.ts'
import { takeOverrides } from '../../../network/description/overrides.ts'
import { statePaths } from '../../../network/description/paths.ts'
import { readSettings } from '../../../network/description/settings.ts'
import { deriveTopology } from '../../../network/description/topology.ts'
import type { Context } from '../../../network/description/context.ts'

const topology = deriveTopology(await loadConsortium(join(import.meta.dirname, '../../../network/consortium.json')))

t.test('settings that another shell gives reach a network that runs, and those it does not give stay', async (t) => {
  const stateDir = t.testdir({})
  const contextOf = (
    environment: Record<string, string>
  ): Context => ({ settings: readSettings({ EPIONE_STATE: stateDir, ...environment }), topology, paths: statePaths(stateDir) })
  const [first] = anchorServices(topology)
  if (first === undefined) throw new Error('no anchor service')
  const { organization, service } = first
  const specs = async (context: Context): Promise<Record<string, string>> => ({
    ...(await anchorSpec(organization, service, context)).env,
    ...(await gatewaySpec(organization, context.paths, context.settings)).env
  })
  const before = contextOf({ LOG_LEVEL: 'warn', BATCH_INTERVAL_MS: '1000' })
  await takeOverrides(before)
  t.match(await specs(before), { LOG_LEVEL: undefined, BATCH_INTERVAL_MS: undefined }, 'a service that never started has no settings yet')
  await writeGatewaySettings(organization, topology, before.paths, before.settings)
  await keepAnchorSettings(organization, before)
  const after = contextOf({ LOG_LEVEL: 'debug', DATABASE_URL: 'postgresql://db/{id}' })
  await takeOverrides(after)
  t.match(await specs(after), { LOG_LEVEL: 'debug', DATABASE_URL: `postgresql://db/${organization.id}`, BATCH_INTERVAL_MS: '1000' })
  t.match((await anchorSpec(organization, service, after)).env, { LOG_LEVEL: 'debug' })
  const unsaid = contextOf({})
  await takeOverrides(unsaid)
  t.same(await specs(unsaid), await specs(after), 'a shell that says nothing restarts nothing')
})
