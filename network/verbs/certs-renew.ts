import { join, relative } from 'node:path'
import type { Context } from '../description/context.ts'
import type { OrganizationTopology } from '../description/topology.ts'
import { NetworkError } from '../errors.ts'
import { ensureBinaries, type Binaries } from '../fabric/binaries.ts'
import { CaAdmin } from '../fabric/ca-admin.ts'
import { reportCertificates } from '../fabric/certificate-report.ts'
import { RENEW_BEFORE_DAYS } from '../fabric/certificates.ts'
import { certifyAgain, enrolAnew, type Enrolment } from '../fabric/certify.ts'
import { enrolmentsOf, writeMsps } from '../fabric/enrol.ts'
import { isFounded } from '../fabric/found.ts'
import { readRelease } from '../fabric/release.ts'
import { publishRevocations } from '../fabric/revocations.ts'
import { withLock } from '../host/lock.ts'
import { report } from '../host/logger.ts'
import { retryUnavailable } from '../host/retry-unavailable.ts'
import { configureCa } from '../nodes/ca.ts'
import { approveDefinition, ensurePackage, installPackage } from '../nodes/chaincode.ts'
import { restartInTurn, showsFormer } from '../nodes/restart.ts'
import { managedProcesses, type ManagedProcess } from '../nodes/specs.ts'
import { loadStamped, organizationsOf, parseDays, parseOptions, tellUsage } from './certificate-arguments.ts'
import { carryOut, type Step } from './steps.ts'
import { runVerb } from './verb.ts'

const USAGE = `usage: node network/verbs/certs-renew.ts [--org ID] [--name NAME]... [--days N] [--all] [--new-key] [--dry-run]
Renews the certificates that have less than N days left (${RENEW_BEFORE_DAYS}) or have expired, or those of the identities that are named, or --all, and
restarts what shows them, one process at a time: nodes first, with the keys they have, then gateways. The lists of revoked certificates
in the channel are renewed with them. Staff need nothing: their gateway renews theirs before they act.
With --new-key, and --name, the identity gets another key; \`certs-revoke\` then ends the certificates of the former.
`
/** Whose key others have written down: the channel an orderer's, the Network document the admin's. */
const KEPT_KEYS = ['tls/orderer', 'identities/admin']
/** What serves people waits until the nodes are renewed. */
const LAST: readonly ManagedProcess['kind'][] = ['identity', 'gateway', 'anchor']

interface Work { context: Context, organization: OrganizationTopology, binaries: Binaries }
interface Due extends Work { names: string[], enrolments: Enrolment[] }

if (import.meta.main) {
  await runVerb(async (args) => {
    const options = parseOptions(args, ['org', 'name', 'days', 'all', 'new-key', 'dry-run'])
    if (options === undefined) return tellUsage(USAGE, args)
    const context = await loadStamped()
    const binaries = await ensureBinaries(context.settings)
    const dueDays = options.all === true ? Infinity : parseDays(options.days, RENEW_BEFORE_DAYS)
    const named = options.name ?? []
    const newKey = options['new-key'] === true
    if (newKey && named.length === 0) throw new NetworkError('settings-invalid', '--new-key is for those who are named', { advice: 'Give --name.' })
    await withLock(context.paths, async () => {
      const all = await Promise.all(organizationsOf(context, options.org).map(async (organization) =>
        await findDue({ context, organization, binaries }, named, dueDays)))
      if (named.length > 0 && all.every(({ enrolments }) => enrolments.length === 0)) {
        throw new NetworkError('settings-invalid', `nobody is called ${named.join(' or ')}`, { advice: '`make certs` lists the names, each after its folder.' })
      }
      if (newKey) all.forEach(refuseKeptKeys)
      await carryOut({
        title: 'renewal of certificates',
        steps: await stepsOf(all, newKey),
        dryRun: options['dry-run'] === true,
        again: `make certs-renew${args.length === 0 ? '' : ` ARGS="${args.join(' ')}"`}`
      })
    })
    return 0
  })
}

/** What is to be renewed of an organisation: with names those alone, else what is due or over. */
async function findDue (work: Work, named: readonly string[], dueDays: number): Promise<Due> {
  const { context, organization } = work
  const own = context.paths.organization(organization.id)
  const rows = await reportCertificates(organization.id, own, dueDays, Date.now())
  const states = new Map(rows.map(({ name, state }) => [name, state]))
  const enrolments = enrolmentsOf(organization, own, await configureCa(organization, own)).filter((enrolment) =>
    named.length > 0
      ? named.includes(enrolment.identity.name)
      : ['due', 'expired'].includes(states.get(nameOf(enrolment)) ?? ''))
  for (const { name, state, detail } of rows) {
    if (state === 'faulty') report(`${organization.id}: ${name} is left alone: ${detail ?? ''}`)
  }
  return { ...work, enrolments, names: enrolments.map(nameOf) }
}

/** Its folder below the organisation's, such as `tls/orderer`. */
function nameOf ({ paths, target }: Enrolment): string {
  return relative(paths.dir, target.dir)
}

function refuseKeptKeys ({ names }: Due): void {
  const kept = names.find((name) => KEPT_KEYS.includes(name))
  if (kept === undefined) return
  throw new NetworkError('settings-invalid', `the key of ${kept} stays: others have written it down`, {
    advice: kept === 'tls/orderer'
      ? 'Without --new-key its certificate is renewed; another key needs a change of the channel by all admins.'
      : 'Without --new-key its certificate is renewed; another key needs a Network document that names it (`epione policy propose`).'
  })
}

/** Nodes of all organisations, then what people use, then the lists. */
async function stepsOf (all: readonly Due[], newKey: boolean): Promise<Step[]> {
  const steps: Step[] = []
  for (const isLast of [false, true]) {
    for (const due of all) {
      const mine = managedProcesses(due.context).filter(({ organization, kind }) =>
        organization === due.organization && LAST.includes(kind) === isLast)
      steps.push(...certifying(due, due.enrolments.filter((enrolment) => isOfNode(enrolment) !== isLast), newKey))
      for (const managed of mine) {
        if (!await isToRestart(managed, due)) continue
        if (managed.kind === 'chaincode') steps.push(packing(due))
        steps.push(restarting(managed, due))
      }
    }
  }
  return [...steps, ...all.map(listing)]
}

/** Whether it is of a node, or of what people use over the nodes. */
function isOfNode ({ organization, identity: { name } }: Enrolment): boolean {
  return ['ca', 'orderer', 'chaincode', 'chaincode-client', ...organization.peerNodes.map((peer) => peer.name)].includes(name)
}

function certifying ({ organization, context }: Due, enrolments: readonly Enrolment[], newKey: boolean): Step[] {
  if (enrolments.length === 0) return []
  return [{
    what: `${organization.id}: a certificate for ${newKey ? 'a new key' : 'the same key'} of ${enrolments.map(nameOf).join(', ')}`,
    work: async () => {
      for (const enrolment of enrolments) await (newKey ? enrolAnew(enrolment) : certifyAgain(enrolment))
      await writeMsps(organization, context.paths.organization(organization.id))
    }
  }]
}

/** The peers' pair for the chaincode lies in the package that they have installed: another one takes its place. */
function packing ({ organization, context: { topology, paths, settings }, binaries }: Due): Step {
  return {
    what: `${organization.id}: the chaincode's package with the certificate that its peers show, installed and approved`,
    work: async () => {
      const release = await readRelease(paths)
      if (release === undefined) return
      await ensurePackage(organization, topology, paths, release, settings.searchPath)
      for (const peer of organization.peerNodes) {
        await retryUnavailable(async () => { await installPackage(peer, organization, topology, paths, release, binaries) })
      }
      await retryUnavailable(async () => { await approveDefinition(organization, topology, paths, release, binaries) })
    }
  }
}

async function isToRestart (managed: ManagedProcess, due: Due): Promise<boolean> {
  const own = due.context.paths.organization(due.organization.id)
  const shown = shownBy(managed)
  return shown.some((name) => due.names.includes(name)) ||
    await showsFormer(due.context, managed.name, shown.map((name) => join(own.dir, name, 'cert.pem')))
}

/** The pairs that a process reads at its start, by their folders. */
function shownBy ({ kind, name }: ManagedProcess): string[] {
  const node = name.split('.')[0] ?? ''
  switch (kind) {
    case 'ca': return ['tls/ca']
    case 'orderer':
    case 'peer': return [`tls/${node}`, `identities/${node}`]
    case 'chaincode': return ['tls/chaincode', 'tls/chaincode-client']
    case 'identity': return ['tls/identity']
    case 'gateway': return ['gateway/tls', 'identities/gateway', 'identities/registrar', 'identities/ca-registrar']
    case 'anchor': return ['gateway/tls', 'identities/gateway']
    default: return []
  }
}

function restarting (managed: ManagedProcess, { organization, context, binaries }: Due): Step {
  return {
    what: `${managed.name}: restarted with it`,
    work: async () => {
      await writeMsps(organization, context.paths.organization(organization.id))
      await restartInTurn(context, managed, binaries)
      // The first call connects the peers to the process.
      if (managed.kind !== 'chaincode') return
      for (const peer of organization.peerNodes) await isFounded(organization, peer, context.topology, context.paths, binaries)
    }
  }
}

function listing ({ organization, context: { topology, paths }, binaries }: Due): Step {
  return {
    what: `${organization.id}: the channel's list of revoked certificates, where it ends soon or the CA revoked more`,
    work: async () => {
      const ca = new CaAdmin(organization, paths.organization(organization.id), binaries)
      const changed = await publishRevocations({ organization, topology, paths, binaries }, ca)
      report(changed ? `  ${organization.id}: the list was replaced` : `  ${organization.id}: nothing to replace`)
    }
  }
}
