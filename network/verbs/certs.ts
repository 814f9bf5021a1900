import { reportCertificates, reportRevocations, type CertificateRow } from '../fabric/certificate-report.ts'
import { RENEW_BEFORE_DAYS } from '../fabric/certificates.ts'
import { findBinaries } from '../fabric/binaries.ts'
import { messageOf, NetworkError } from '../errors.ts'
import type { Context } from '../description/context.ts'
import type { OrganizationTopology } from '../description/topology.ts'
import { loadStamped, organizationsOf, parseDays, parseOptions, tellUsage } from './certificate-arguments.ts'
import { runVerb } from './verb.ts'

const USAGE = `usage: node network/verbs/certs.ts [--org ID] [--days N] [--json]
Shows every certificate of nodes, gateways and admins, the roots and the lists of revoked certificates, with the days that are left.
Due is what has less than N days left (${RENEW_BEFORE_DAYS} by default; a list: 60). For monitoring it ends with
0 when nothing is due, 3 when something is due, 4 when something has expired or is faulty; 1 when it cannot look, 2 when it is asked wrongly.
`
const [DUE, OVER] = [3, 4]

if (import.meta.main) {
  await runVerb(async (args) => {
    const options = parseOptions(args, ['org', 'days', 'json'])
    if (options === undefined) return tellUsage(USAGE, args)
    const context = await loadStamped()
    const dueDays = parseDays(options.days, RENEW_BEFORE_DAYS)
    const rows = (await Promise.all(organizationsOf(context, options.org).map(async (organization) =>
      await rowsOf(organization, context, dueDays)))).flat()
    process.stdout.write(options.json === true ? JSON.stringify({ code: codeOf(rows), certificates: rows }, null, 2) + '\n' : table(rows))
    return codeOf(rows)
  })
}

async function rowsOf (organization: OrganizationTopology, context: Context, dueDays: number): Promise<CertificateRow[]> {
  const now = Date.now()
  return [
    ...await reportCertificates(organization.id, context.paths.organization(organization.id), dueDays, now),
    await revocationsOf(organization, context, now)
  ]
}

/** The one thing that does not lie in a file: the list counts as the channel has it. */
async function revocationsOf (
  organization: OrganizationTopology, { settings, topology, paths }: Context, now: number
): Promise<CertificateRow> {
  const { fabric, fabricCa } = await findBinaries(settings)
  const unseen = (detail: string): CertificateRow => ({ organization: organization.id, name: 'revocations', state: 'unseen', detail })
  if (fabric === undefined || fabricCa === undefined) return unseen('Fabric is not built here')
  try {
    // Fabric's messages are a package, and all else of this verb works before anything is installed.
    const { fetchConfig } = await import('../fabric/channel-update.ts')
    const { readLists, revocationListsIn } = await import('../fabric/revocations.ts')
    const config = await fetchConfig({ organization, topology, paths, binaries: { fabric, fabricCa } })
    return reportRevocations(organization.id, readLists(revocationListsIn(config, organization.mspId)), now)
  } catch (error) {
    const [why = ''] = messageOf(error).split('\n')
    return unseen(error instanceof NetworkError ? `${organization.orderer.process} does not say: ${why}` : why)
  }
}

function codeOf (rows: readonly CertificateRow[]): number {
  if (rows.some(({ state }) => state === 'expired' || state === 'faulty')) return OVER
  return rows.some(({ state }) => state === 'due') ? DUE : 0
}

function table (rows: readonly CertificateRow[]): string {
  const cells = rows.map((row) => [
    row.organization,
    row.name,
    row.state,
    row.notAfter === undefined ? '' : new Date(row.notAfter).toISOString().slice(0, 10),
    row.daysLeft === undefined ? '' : String(row.daysLeft),
    row.detail ?? ''
  ])
  const all = [['ORGANISATION', 'CERTIFICATE', 'STATE', 'UNTIL', 'DAYS LEFT', ''], ...cells]
  const widths = all[0]?.map((_, column) => Math.max(...all.map((row) => row[column]?.length ?? 0))) ?? []
  const lines = all.map((row) => row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join('  ').trimEnd())
  const advice = codeOf(rows) === 0 ? '' : '`make certs-renew` renews what is due; `make certs-renew ARGS=--dry-run` prints how.\n'
  return `${lines.join('\n')}\n${advice}`
}
