import { readFile } from 'node:fs/promises'
import { consortiumFaults, type Fault } from './consortium-faults.ts'
import { messageOf, NetworkError } from '../errors.ts'
import type { OrganizationKind } from './organization-kinds.ts'

/** The machine of an organisation: its processes listen on `address`, its certificates name both, clients reach its gateway by `name`. */
export interface Host { address: string, name: string }

/** One hospital: it runs an orderer, a CA, a chaincode process, a gateway and `peers` peers. */
export interface Organization {
  id: string
  mspId: string
  name: string
  kind: OrganizationKind
  peers: number
  /** Where its processes run; without it they run here, and only this machine reaches them. */
  host?: Host
  /** Who reads its access log, or the whole network's. Not part of what the ledger was made from: they come and go. */
  auditors?: Auditor[]
  /** Who signs in at the provider that the network runs for it. As auditors, they come and go. */
  people?: Person[]
  /** Of a hospital that has one; the network then runs none for it. */
  identityProvider?: { issuer: string }
}

/** Somebody of the staff: what they do here, and what the identity provider says of them. */
export interface Person { subject: string, duties: string[], role?: string, department?: string }

/** An auditor: `subject` is that of the hospital's identity provider, `id` names the certificate. */
export interface Auditor { id: string, subject: string, scope: 'organization' | 'consortium' }

/** An EVM network of `anchor/networks.json`. `rpcUrl` takes the place of its own; `goerli` without one is a local node of ours. */
export interface AnchorChoice { network: string, rpcUrl?: string }

/** The one description of a network. `policy` goes to the ledger as it is when the network is founded. */
export interface Consortium {
  name: string
  channel: string
  chaincode: string
  basePort: number
  policy: Record<string, unknown>
  /** The network says of itself that it protects nobody: its policy may go below the ledger's floors. */
  testing?: true
  /** Where blocks are anchored; without it nothing anchors them. Not part of what the ledger was made from: it may come later. */
  anchor?: AnchorChoice
  /** Each hospital runs a Kubo node in a private swarm (decision 0644). As anchoring, it may come later. */
  ipfs?: true
  organizations: Organization[]
}

/** Checks a parsed description and returns it typed; throws `consortium-invalid` naming every fault, with advice, at once. */
export function parseConsortium (value: unknown, source: string): Consortium {
  const faults = consortiumFaults(value)
  if (faults.length > 0) throw invalid(source, faults)
  return value as Consortium
}

/** Reads and checks a description file. Throws `consortium-invalid`. */
export async function loadConsortium (file: string): Promise<Consortium> {
  let text: string
  try {
    text = await readFile(file, 'utf8')
  } catch (cause) {
    throw new NetworkError('consortium-invalid', `${file} cannot be read: ${messageOf(cause)}`, {
      advice: 'Give the path of a consortium description in EPIONE_CONSORTIUM, or leave it unset.', cause
    })
  }
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch (cause) {
    throw new NetworkError('consortium-invalid', `${file} is not JSON: ${messageOf(cause)}`, { advice: 'Correct the syntax.', cause })
  }
  return parseConsortium(value, file)
}

function invalid (source: string, faults: Fault[]): NetworkError {
  const lines = faults.map((fault) => `  ${fault.path}: ${fault.problem}. ${fault.advice}`)
  return new NetworkError(
    'consortium-invalid',
    [`${source} has ${faults.length} fault${faults.length === 1 ? '' : 's'}:`, ...lines].join('\n')
  )
}
