import { readFile } from 'node:fs/promises'
import { X509Certificate } from 'node:crypto'
import type { Context } from '../description/context.ts'
import type { OrganizationTopology } from '../description/topology.ts'
import { NetworkError } from '../errors.ts'
import { ensureBinaries, type Binaries } from '../fabric/binaries.ts'
import { CaAdmin } from '../fabric/ca-admin.ts'
import { CA_NAME, declaredIdentities, type DeclaredIdentity } from '../fabric/identities.ts'
import { writeRevocations } from '../fabric/msp.ts'
import { publishRevocations } from '../fabric/revocations.ts'
import { withLock } from '../host/lock.ts'
import { enrolmentId } from '../nodes/ca.ts'
import { restartInTurn } from '../nodes/restart.ts'
import { managedProcesses } from '../nodes/specs.ts'
import { loadStamped, parseOptions, requireOrganization, tellUsage } from './certificate-arguments.ts'
import { carryOut, type Step } from './steps.ts'
import { runVerb } from './verb.ts'

const USAGE = `usage: node network/verbs/certs-revoke.ts --org ID --name NAME [--all] [--dry-run]
Revokes the former certificates of an identity (gateway, admin, registrar, peer0, orderer, auditor-ID ...), all but the one in use, at the
CA, and has the channel refuse them: in the organisation's MSP of peers and of orderers. After \`certs-renew --new-key --name NAME\`
whoever holds the former key can do nothing. --all ends the one in use, too, for good: of a node or gateway that left service.
`

interface Work { context: Context, organization: OrganizationTopology, binaries: Binaries, ca: CaAdmin, identity: DeclaredIdentity }

if (import.meta.main) {
  await runVerb(async (args) => {
    const options = parseOptions(args, ['org', 'name', 'all', 'dry-run'])
    if (options === undefined) return tellUsage(USAGE, args)
    const context = await loadStamped()
    const organization = requireOrganization(context, options.org)
    const identity = requireIdentity(organization, options.name)
    const binaries = await ensureBinaries(context.settings)
    const ca = new CaAdmin(organization, context.paths.organization(organization.id), binaries)
    await withLock(context.paths, async () => {
      const work = { context, organization, binaries, ca, identity }
      await carryOut({
        title: `end of certificates of ${identity.name} of ${organization.id}`,
        steps: await stepsOf(work, options.all === true),
        dryRun: options['dry-run'] === true,
        again: `make certs-revoke ARGS="${args.join(' ')}"`
      })
    })
    return 0
  })
}

function requireIdentity (organization: OrganizationTopology, names: readonly string[] | undefined): DeclaredIdentity {
  const known = declaredIdentities(organization, CA_NAME)
  const found = names?.length === 1 ? known.find(({ name }) => name === names[0]) : undefined
  if (found !== undefined) return found
  throw new NetworkError('settings-invalid', 'whose certificates are to end is not said', {
    advice: `Give one --name: ${known.map(({ name }) => name).join(', ')}. For a member of the staff there is \`make staff-revoke\`.`
  })
}

async function stepsOf (work: Work, all: boolean): Promise<Step[]> {
  const { context: { topology, paths }, organization, binaries, ca, identity } = work
  const own = paths.organization(organization.id)
  if (all && identity.type === 'admin') {
    throw new NetworkError('settings-invalid', 'without an admin nobody signs for the organisation any more', {
      advice: 'Without --all the former certificates of the admin end.'
    })
  }
  const id = enrolmentId(identity.name, organization.id)
  const inUse = new X509Certificate(await readFile(own.identity(identity.name).cert)).serialNumber
  const ending = (await ca.certificatesOf(id)).filter(({ serialNumber }) => all || serialNumber !== inUse)
  const revoking = ending.map((certificate): Step => ({
    what: `CA: certificate ${certificate.serialNumber}, until ${certificate.validToDate.toISOString().slice(0, 10)}${certificate.serialNumber === inUse ? ', which is in use' : ''}`,
    work: async () => { await ca.revokeCertificate(certificate, all ? 'cessationofoperation' : 'superseded') }
  }))
  return [
    ...revoking,
    ...all ? [{ what: `CA: no further certificate for ${id}`, work: async () => { await ca.revokeIdentity(id, 'cessationofoperation') } }] : [],
    {
      what: 'channel: the list of revoked certificates, in the MSP of peers and of orderers',
      work: async () => { await publishRevocations({ organization, topology, paths, binaries }, ca) }
    },
    ...identity.type === 'admin' ? localSteps(work) : []
  ]
}

/** Who administers a node is decided by the node's own folder, which it reads at its start. */
function localSteps ({ context, organization, binaries, ca }: Work): Step[] {
  const own = context.paths.organization(organization.id)
  const nodes = managedProcesses(context).filter(({ kind, organization: of }) => of === organization && (kind === 'orderer' || kind === 'peer'))
  return [
    {
      what: 'nodes: the list in their own folders',
      work: async () => {
        const list = await ca.revocationList()
        for (const name of ['orderer', ...organization.peerNodes.map((peer) => peer.name)]) await writeRevocations(own.identity(name).msp, list)
      }
    },
    ...nodes.map((managed) => ({ what: `${managed.name}: restarted with it`, work: async () => { await restartInTurn(context, managed, binaries) } }))
  ]
}
