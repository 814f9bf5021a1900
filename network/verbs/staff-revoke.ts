import { join } from 'node:path'
import type { Context } from '../description/context.ts'
import type { OrganizationTopology } from '../description/topology.ts'
import { NetworkError } from '../errors.ts'
import { ensureBinaries, type Binaries } from '../fabric/binaries.ts'
import { CaAdmin, type RevocationReason } from '../fabric/ca-admin.ts'
import { writeMsps } from '../fabric/enrol.ts'
import { publishRevocations } from '../fabric/revocations.ts'
import { submitAsAdmin } from '../fabric/transactions.ts'
import { withLock } from '../host/lock.ts'
import { isObject } from '../host/json.ts'
import { report } from '../host/logger.ts'
import { runTool } from '../host/tool.ts'
import { runGatewayProgram } from '../nodes/gateways.ts'
import { loadStamped, parseOptions, requireOrganization, tellUsage } from './certificate-arguments.ts'
import { carryOut, type Step } from './steps.ts'
import { runVerb } from './verb.ts'

/** Why somebody's access ends, in the ledger's words, and what the CA calls it. */
const CAUSES: Readonly<Record<string, RevocationReason>> = {
  left: 'cessationofoperation', lost: 'superseded', compromised: 'keycompromise', error: 'unspecified'
}
const USAGE = `usage: node network/verbs/staff-revoke.ts --org ID (--subject NAME | --staff ID) [--cause ${Object.keys(CAUSES).join('|')}] [--dry-run]
Ends a member of the staff for good, who is named as they sign in or by their id on the ledger: they are shut out at the hospital's
identity provider, suspended on the ledger (their token counts nowhere from then on), get no further certificate, and those they have are
refused by every peer and orderer. Whoever comes back is enrolled anew, under another id.
`
const STAFF_ID = /^s-[0-9a-f]{20}$/
const PROVIDER_TIMEOUT_MS = 30_000

interface Leaver { subject?: string, staffIds: string[], cause: string }
interface Work { context: Context, organization: OrganizationTopology, binaries: Binaries }

if (import.meta.main) {
  await runVerb(async (args) => {
    const options = parseOptions(args, ['org', 'subject', 'staff', 'cause', 'dry-run'])
    if (options === undefined) return tellUsage(USAGE, args)
    const context = await loadStamped()
    const work = { context, organization: requireOrganization(context, options.org), binaries: await ensureBinaries(context.settings) }
    const leaver = await findLeaver(work, options)
    await withLock(context.paths, async () => {
      await carryOut({
        title: `end of ${leaver.subject ?? leaver.staffIds.join(', ')} at ${work.organization.name}`,
        steps: stepsOf(work, leaver),
        dryRun: options['dry-run'] === true,
        again: `make staff-revoke ARGS="${args.join(' ')}"`
      })
    })
    return 0
  })
}

/** By the hospital's own list of whom its gateway enrolled. */
async function findLeaver (
  { context, organization }: Work, { subject, staff, cause = 'left' }: { subject?: string | undefined, staff?: string | undefined, cause?: string | undefined }
): Promise<Leaver> {
  if (!(cause in CAUSES)) throw new NetworkError('settings-invalid', `--cause ${cause} is none`, { advice: `There are ${Object.keys(CAUSES).join(', ')}.` })
  if ((subject === undefined) === (staff === undefined)) {
    throw new NetworkError('settings-invalid', 'who leaves is not said, or twice', { advice: 'Give --subject, the name they sign in with, or --staff, their id on the ledger.' })
  }
  if (staff !== undefined && !STAFF_ID.test(staff)) {
    throw new NetworkError('settings-invalid', `${staff} is no id of a member of the staff`, {
      advice: 'It is s- and 20 hex digits. For gateways, nodes and offices there is `make certs-revoke`.'
    })
  }
  const found = await runGatewayProgram(organization, context, ['staff', subject === undefined ? `--staff=${staff ?? ''}` : `--subject=${subject}`])
  const people = Array.isArray(found['staff']) ? found['staff'].filter(isObject) : []
  if (people.length === 0) {
    throw new NetworkError('settings-invalid', `${organization.name} has enrolled nobody of that ${subject === undefined ? 'id' : 'name'}`, {
      advice: 'Names are those of the identity provider (`sub`), ids those that `epione practitioner` and the log show.'
    })
  }
  const [named] = people.map((person) => String(person['subject']))
  return { ...named === undefined ? {} : { subject: named }, staffIds: people.map((person) => String(person['staffId'])), cause }
}

/** What shuts the door comes first, what closes it for good after. */
function stepsOf ({ context, organization, binaries }: Work, { subject, staffIds, cause }: Leaver): Step[] {
  const { topology, paths } = context
  const own = paths.organization(organization.id)
  const ca = new CaAdmin(organization, own, binaries)
  const suspend = async (staffId: string): Promise<void> => {
    await writeMsps(organization, own)
    const suspension = { staffId, target: { kind: 'person' }, cause }
    await submitAsAdmin(organization, topology, paths, binaries, 'Directory:SuspendStaff', [JSON.stringify(suspension)], 'registrar')
  }
  return [
    ...subject === undefined || organization.identity === undefined
      ? []
      : [{ what: `identity provider: ${subject} signs in no more`, work: async () => { await shutOut(organization, subject, context) } }],
    ...staffIds.map((staffId) => ({
      what: `ledger: ${organization.mspId}/${staffId} is suspended, in the registrar's name`,
      work: async () => { await suspend(staffId) }
    })),
    ...staffIds.map((staffId) => ({
      what: `CA: every certificate of ${staffId}, and none from now on`,
      work: async () => {
        if (!await ca.revokeIdentity(staffId, CAUSES[cause] ?? 'unspecified')) report(`  the CA knows no ${staffId}`)
      }
    })),
    {
      what: 'channel: the list of revoked certificates, in the MSP of peers and of orderers',
      work: async () => { await publishRevocations({ organization, topology, paths, binaries }, ca) }
    }
  ]
}

/** Whom the provider does not know signs in elsewhere. */
async function shutOut (organization: OrganizationTopology, subject: string, { paths, settings }: Context): Promise<void> {
  const { data, dir } = paths.organization(organization.id).provider
  const admin = async (...args: string[]): Promise<unknown> => JSON.parse((await runTool({
    command: process.execPath,
    args: [join(settings.projectDir, 'identity', 'dist', 'admin.js'), ...args, '--data', data],
    env: { PATH: settings.searchPath },
    cwd: dir,
    timeoutMs: PROVIDER_TIMEOUT_MS
  })).stdout)
  const answer = await admin('people')
  const people = isObject(answer) && Array.isArray(answer['people']) ? answer['people'].filter(isObject) : []
  if (people.some((person) => person['subject'] === subject)) await admin('disable', `--subject=${subject}`)
  else report(`  the identity provider knows no ${subject}`)
}
