import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { TRANSACTION_CALLERS } from '@epione/protocol'
import type { TransactionName } from '@epione/protocol'
import { createRouteList } from '../../gateway/src/admin/openapi.ts'
import { refusalOf } from '../../gateway/src/http/route-access.ts'
import type { Refusal, RouteAccess } from '@epione/protocol/api'
import { LISTENER_ACCESS } from '../../network/description/listeners.ts'
import { readTransactionKinds } from '../helpers/fabric-runtime.ts'

/**
 * Makes docs/access.md of what stands beside the routes, of the table by which chaincode judges its callers, and of what stands beside
 * the ports.
 * Usage: node test/docs/access.ts [--write]   (without --write it only says whether the page has drifted)
 */
const PAGE = join(import.meta.dirname, '..', '..', 'docs', 'access.md')

const CREDENTIALS: Record<RouteAccess['by'], string> = {
  anyone: 'none',
  staff: 'token',
  patient: 'session',
  device: 'session of a device',
  'staff-or-patient': 'token or session',
  gateway: 'certificate of a member\'s gateway',
  'own-service': 'certificate of the own gateway'
}

const CALLERS = {
  gateway: 'gateways',
  registrar: 'registration desks',
  auditor: 'auditors',
  admin: 'admins',
  person: 'the person whom it names'
}

const INTRODUCTION = `# Who may ask

Made by \`node test/docs/access.ts --write\` from the data that the code itself obeys: do not edit. Tests call every route and every transaction as an outsider and compare.
*Trace* says what a call leaves behind: an **access event** (on the ledger, seen by the patient and auditors), the **ledger** (a statement or receipt), or only the
**request log** of the gateway (method, path, status and request id of every call).`

const render = ({ status, code }: Omit<Refusal, 'when'>): string => code === undefined ? String(status) : `${status} ${code}`
const table = (
  head: string[],
  rows: string[][]
): string => [head, head.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n')

/** Who may do it in a patient's stead. */
function inStead ({ representatives, delegates }: RouteAccess): string {
  return (representatives === true ? '; a representative as the patient' : '') +
    (delegates === undefined ? '' : `; a limited key with \`${delegates}\``)
}

async function renderRoutes (): Promise<string> {
  const routes = await createRouteList()
  const rows = routes.map(({ method, url, access }) => {
    const refusal = refusalOf(access)
    const scopes = 'scopes' in access ? ` with ${access.scopes.map((scope) => `\`${scope}\``).join(' or ')}` : ''
    const { stranger } = access
    return [
      `${method} \`${url}\``, CREDENTIALS[access.by] + scopes, access.who + inStead(access), refusal === undefined ? '' : render(refusal),
      stranger === undefined ? '' : `${render(stranger)}: ${stranger.when}`, access.trace
    ]
  })
  return `## Routes of a gateway

A token without the scope gets 403 SCOPE_MISSING, one of a person who is not enrolled 403 NOT_ENROLLED (but for the registration desk and whoever enrols staff).
A session is signed for one gateway and one request. The pages under /docs are open to anyone, as /openapi.json is; so are, where \`PAGES_DIR\` names a built copy, the portal's pages and what they pass on to other hospitals (\`/gateways/ID/v1/…\`), where that hospital's gateway decides.

${table(['route', 'credentials', 'who is answered', 'without them, or with another kind', 'anybody else', 'trace'], rows)}`
}

function renderTransactions (): string {
  const kinds = readTransactionKinds()
  const rows = Object.entries(TRANSACTION_CALLERS).map(([name, callers]) =>
    [
      `\`${name}\``, callers.map((kind) => CALLERS[kind]).join(', '), 'NOT_AUTHORIZED',
      kinds.get(name as TransactionName) === 'submit' ? (name === 'Access:Request' ? 'access event' : 'ledger') : 'none'
    ])
  return `## Transactions

Of organisations that are members. What a statement's signatures must be is a second question ([protocol.md](protocol.md) §7).

${table(['transaction', 'created by', 'everybody else gets', 'trace'], rows)}`
}

function renderListeners (): string {
  const rows = Object.entries(LISTENER_ACCESS).map((
    [use, { credentials, who, outsider, trace }]
  ) => [use, credentials, who, outsider, trace])
  return `## Listeners

On the address that the description gives the organisation: the loopback interface, unless it gives one. Those without TLS never leave that.

${table(['listener', 'credentials', 'who is answered', 'everybody else gets', 'trace'], rows)}`
}

/** The page as it should be now. */
export async function renderPage (): Promise<string> {
  return `${[INTRODUCTION, await renderRoutes(), renderTransactions(), renderListeners()].join('\n\n')}\n`
}

export const readPage = async (): Promise<string> => await readFile(PAGE, 'utf8').catch(() => '')

if (import.meta.main) {
  const fresh = await renderPage()
  if (process.argv.includes('--write')) await writeFile(PAGE, fresh)
  else if (fresh !== await readPage()) {
    console.error('docs/access.md has drifted: run `node test/docs/access.ts --write`')
    process.exitCode = 1
  }
}
