import { X509Certificate } from 'node:crypto'
import { gatewayUrl, type OrganizationTopology, type Topology } from '../description/topology.ts'
import { NetworkError } from '../errors.ts'
import { canonicalJson } from '../host/json.ts'
import type { Bundle, BundleContents } from './bundle-shape.ts'

/** Of a bundle, what stands in the description, too. */
type Described = Pick<BundleContents, 'id' | 'mspId' | 'name' | 'kind' | 'host' | 'peers' | 'gatewayUrl'> & { orderer: Pick<BundleContents['orderer'], 'address'> }

/** What a bundle of an organisation must say by the description. */
export function describedContents (organization: OrganizationTopology): Described {
  const { id, mspId, name, kind, host, orderer, peerNodes } = organization
  const at = (port: number): string => `${host.address}:${String(port)}`
  return {
    id,
    mspId,
    name,
    kind,
    host: { address: host.address, name: host.name },
    orderer: { address: at(orderer.port) },
    peers: peerNodes.map(({ port }) => at(port)),
    gatewayUrl: gatewayUrl(organization)
  }
}

/**
 * Refuses a bundle that does not say what the own description says of its organisation. Returns the organisation. Throws `bundle-invalid`,
 * naming both values.
 */
export function requireDescribed ({ contents }: Bundle, { organizations }: Topology): OrganizationTopology {
  const organization = organizations.find(({ id }) => id === contents.id)
  if (organization === undefined) {
    throw new NetworkError('bundle-invalid', `the bundle is of ${JSON.stringify(contents.id)}, which the description does not list`, {
      advice: 'Agree with all members on one description, and write the organisation into it.'
    })
  }
  const described = describedContents(organization)
  const told: Described = { ...contents, orderer: { address: contents.orderer.address } }
  const keys = Object.keys(described) as Array<keyof Described>
  const differing = keys.filter((key) => canonicalJson(told[key]) !== canonicalJson(described[key]))
  if (differing.length > 0) {
    throw new NetworkError('bundle-invalid', [
      `the bundle of ${contents.id} says otherwise than the description here:`,
      ...differing.map((key) => `  ${key} is ${canonicalJson(told[key])} in the bundle and ${canonicalJson(described[key])} in the description`)
    ].join('\n'), { advice: 'Agree with all members on one description; whoever changes theirs runs `org-export` again.' })
  }
  return organization
}

/** Refuses bundles of which two share what must be each one's own. Throws `bundle-invalid`, naming both and what they share. */
export function requireDistinct (bundles: readonly Bundle[]): void {
  const owners = new Map<string, string>()
  const faults: string[] = []
  for (const { contents } of bundles) {
    for (const [what, value] of ownThings(contents)) {
      const owner = owners.get(value)
      if (owner === undefined) owners.set(value, contents.id)
      else faults.push(`${contents.id} has ${what} of ${owner}`)
    }
  }
  if (faults.length === 0) return
  throw new NetworkError('bundle-invalid', ['the bundles are not of as many organisations:', ...faults.map((fault) => `  ${fault}`)].join('\n'), {
    advice: 'Ask both organisations by voice: one of them passes for the other, or copied its folder.'
  })
}

/** Values of kinds that never equal each other, each told with what it is. */
function ownThings (contents: BundleContents): [string, string][] {
  const { id, mspId, name, roots, adminCertificate, orderer, peers, gatewayUrl, proxy, anchor } = contents
  const keyOf = (pem: string): string => `key ${new X509Certificate(pem).publicKey.export({ type: 'spki', format: 'der' }).toString('hex')}`
  return [
    ['the id', `id ${id}`], ['the MSP id', `msp ${mspId}`], ['the name', `name ${name}`],
    ['the root of the identity CA', keyOf(roots.identity)], ['the root of the TLS CA', keyOf(roots.tls)],
    ['the admin key', keyOf(adminCertificate)], ['the orderer\'s TLS key', keyOf(orderer.tlsCertificate)],
    ...[orderer.address, ...peers].map((address): [string, string] => [`the address ${address}`, `at ${address}`]),
    ['the gateway\'s address', gatewayUrl],
    ['the proxy\'s encryption key', `point ${proxy.encryptionKey}`], ['the proxy\'s signing key', `point ${proxy.signingKey}`],
    ...anchor === undefined ? [] : [['the witness', anchor.witness], ['the submitter', anchor.submitter]] as [string, string][]
  ]
}
