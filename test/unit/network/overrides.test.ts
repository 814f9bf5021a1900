import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import t from 'tap'
import { anchorServices, anchorSpec, keepAnchorSettings } from '../../../network/nodes/anchors.ts'
import { loadConsortium } from '../../../network/description/consortium.ts'
import { gatewaySpec, writeGatewaySettings } from '../../../network/nodes/gateways.ts'
import { takeOverrides } from '../../../network/description/overrides.ts'
import { statePaths } from '../../../network/description/paths.ts'
import { readSettings } from '../../../network/description/settings.ts'
import { deriveTopology } from '../../../network/description/topology.ts'
import type { Topology } from '../../../network/description/topology.ts'
import { managedProcesses } from '../../../network/nodes/specs.ts'
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

t.test('a hospital of the description that has an identity provider of its own gets none, and its gateway takes that one\'s tokens', async (t) => {
  const OWN = 'https://sso.hospital.example/realms/hospital'
  const stateDir = t.testdir({})
  const description = JSON.parse(readFileSync(join(import.meta.dirname, '../../../network/consortium.json'), 'utf8')) as { organizations: object[] }
  const file = join(stateDir, 'consortium.json')
  const write = async (first: object): Promise<Topology> => {
    const [core, ...others] = description.organizations
    writeFileSync(file, JSON.stringify({ ...description, organizations: [{ ...core, ...first }, ...others] }))
    return deriveTopology(await loadConsortium(file))
  }
  const paths = statePaths(stateDir)
  const settingsOf = async (topology: Topology, environment: Record<string, string> = {}): Promise<Record<string, string>> => {
    const [organization] = topology.organizations
    if (organization === undefined) throw new Error('no hospital')
    const settings = readSettings({ EPIONE_STATE: stateDir, ...environment })
    await writeGatewaySettings(organization, topology, paths, settings)
    return (await gatewaySpec(organization, paths, settings)).env
  }
  const ours = await write({})
  t.match(ours.organizations[0]?.identity, { process: 'identity.core' })
  const before = await settingsOf(ours)
  t.match(before, { OIDC_ISSUER: /^https:\/\/localhost:\d+$/, OIDC_CA_FILE: paths.organization('core').tlsCa })
  const theirs = await write({ identityProvider: { issuer: OWN } })
  t.same(theirs.organizations.map(({ identity }) => identity?.process), [undefined, 'identity.regional1', 'identity.regional2'])
  t.match(managedProcesses({ settings: readSettings({ EPIONE_STATE: stateDir }), topology: theirs, paths }).filter(({ name }) => name === 'identity.core'), { length: 0 })
  t.match(await settingsOf(theirs), { OIDC_ISSUER: OWN, OIDC_CA_FILE: undefined, OIDC_AUDIENCE: before['OIDC_AUDIENCE'] }, 'the former one is gone')
  t.match(await settingsOf(theirs, { OIDC_CA_FILE: '/etc/hospital.pem' }), { OIDC_ISSUER: OWN, OIDC_CA_FILE: '/etc/hospital.pem' })
  t.match(await settingsOf(theirs), { OIDC_CA_FILE: '/etc/hospital.pem' }, 'what came from outside stays')
  t.match(await settingsOf(ours), { OIDC_ISSUER: before['OIDC_ISSUER'] }, 'and back')
  for (const identityProvider of ['x', {}, { issuer: 'http://sso.hospital.example' }, { issuer: `${OWN}?a=b` }, { issuer: OWN, more: 1 }]) {
    await t.rejects(write({ identityProvider }), { message: /identityProvider/ }, JSON.stringify(identityProvider))
  }
})
