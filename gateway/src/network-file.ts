import { NetworkDocument, StaffId } from '@epione/protocol'
import { Type } from 'typebox'
import { Value } from 'typebox/value'
import { ConfigError } from './config.ts'
import { readCertificateFile, readNamedFile } from './named-files.ts'

const Text = Type.String({ minLength: 1 })
const NetworkFile = Type.Object({
  name: Text,
  networkId: Type.String({ pattern: '^[0-9a-f]{64}$' }),
  channel: Text,
  chaincode: Text,
  document: NetworkDocument,
  organizations: Type.Array(Type.Object({
    id: Text,
    mspId: Text,
    name: Text,
    kind: Type.Union([Type.Literal('core'), Type.Literal('regional')]),
    tlsCaFile: Text,
    caFile: Text,
    peers: Type.Array(Type.Object({ name: Text, address: Text, tlsName: Text }), { minItems: 1 }),
    ca: Type.Object({ url: Text, tlsCaFile: Text, caName: Text }),
    gateway: Type.Object({ url: Text }),
    auditors: Type.Array(
      Type.Object({ subject: Text, staffId: StaffId, scope: Type.Union([Type.Literal('organization'), Type.Literal('consortium')]) })
    )
  }), { minItems: 1 })
})

/** One organisation of the consortium as the gateway reaches it. */
export interface Organization {
  id: string
  mspId: string
  name: string
  kind: 'core' | 'regional'
  /** Root of the organisation's TLS CA: of its peers, and of its gateway's server and client certificate. */
  tlsCaPem: string
  peers: { name: string, address: string, tlsName: string }[]
  ca: { url: string, tlsCaPem: string, name: string }
  gatewayUrl: string
  /** Who reads the access log: the hospital's admin lists them; no gateway enrols one. */
  auditors: Auditor[]
}

/** An auditor by the subject at the hospital's identity provider. */
export interface Auditor { subject: string, staffId: string, scope: 'organization' | 'consortium' }

/** The network as written by `network up`, with the TLS roots read in. */
export interface Network {
  name: string
  /** SHA-256 of block 0's DER header, hex. */
  networkId: string
  channel: string
  chaincode: string
  /** The document that the ledger must have been founded on. */
  document: NetworkDocument
  organizations: Organization[]
}

const FILE_ADVICE = '`make up` writes it anew'
const ROOT_ADVICE = 'put that hospital\'s TLS root there again; on a network of one machine `make up` copies it from the CA'

/** Reads network.json. @throws {ConfigError} naming what does not fit. */
export async function readNetworkFile (path: string): Promise<Network> {
  const file = await readJson(path)
  if (!Value.Check(NetworkFile, file)) {
    throw new ConfigError([...Value.Errors(NetworkFile, file)].map((e) => `NETWORK_FILE ${e.instancePath}: ${e.message}`))
  }
  const organizations = await Promise.all(file.organizations.map(async (o): Promise<Organization> => ({
    id: o.id,
    mspId: o.mspId,
    name: o.name,
    kind: o.kind,
    tlsCaPem: await readCertificateFile(`NETWORK_FILE: tlsCaFile of ${o.id}`, o.tlsCaFile, ROOT_ADVICE),
    peers: o.peers.map(({ name, address, tlsName }) => ({ name, address, tlsName })),
    ca: {
      url: o.ca.url,
      tlsCaPem: await readCertificateFile(`NETWORK_FILE: ca.tlsCaFile of ${o.id}`, o.ca.tlsCaFile, ROOT_ADVICE),
      name: o.ca.caName
    },
    gatewayUrl: o.gateway.url,
    auditors: o.auditors
  })))
  const { name, networkId, channel, chaincode, document } = file
  return { name, networkId, channel, chaincode, document, organizations }
}

async function readJson (path: string): Promise<unknown> {
  const text = await readNamedFile('NETWORK_FILE', path, FILE_ADVICE)
  try {
    return JSON.parse(text)
  } catch (error) {
    throw new ConfigError([
      `NETWORK_FILE ${path} cannot be read (${error instanceof Error ? error.message : String(error)}): ${FILE_ADVICE}`
    ])
  }
}

/** The organisation with this MSP id. @throws {ConfigError} when the network does not list it. */
export function findOrganization (network: Network, mspId: string): Organization {
  const found = network.organizations.find((o) => o.mspId === mspId)
  if (found === undefined) throw new ConfigError([`NETWORK_FILE lists no organisation ${mspId}`])
  return found
}
