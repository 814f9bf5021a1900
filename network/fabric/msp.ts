import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { replaceFile } from '../../host/src/index.ts'
import type { KeyPairPaths, OrganizationPaths } from '../description/paths.ts'

/** Roles come from the OU that the CA puts into each certificate by its type. */
const NODE_OUS = {
  NodeOUs: {
    Enable: true,
    ...Object.fromEntries(['Client', 'Peer', 'Admin', 'Orderer'].map((role) => [
      `${role}OUIdentifier`, { Certificate: 'cacerts/ca.pem', OrganizationalUnitIdentifier: role.toLowerCase() }
    ]))
  }
}

/** Where Fabric looks for a revocation list in an MSP folder. */
const revocations = (dir: string): string => join(dir, 'crls', 'crl.pem')

/** What a node reads of its own MSP at its start, beside what never changes. */
export function mspSources ({ cert, msp }: KeyPairPaths & { msp: string }): string[] {
  return [cert, revocations(msp)]
}

/** Whom the organisation revoked, for a node's own MSP folder: it decides who administers the node, and reads this at its start. */
export async function writeRevocations (dir: string, list: Uint8Array): Promise<void> {
  await replaceFile(revocations(dir), list)
}

/** Writes an MSP folder: the organisation's roots and NodeOUs, and the identity itself when a pair is given. */
export async function writeMsp (dir: string, organization: Pick<OrganizationPaths, 'ca' | 'tlsCa'>, pair?: KeyPairPaths): Promise<void> {
  await replaceFile(join(dir, 'cacerts', 'ca.pem'), await readFile(organization.ca))
  await replaceFile(join(dir, 'tlscacerts', 'tls-ca.pem'), await readFile(organization.tlsCa))
  await replaceFile(join(dir, 'config.yaml'), JSON.stringify(NODE_OUS, null, 2) + '\n')
  if (pair === undefined) return
  await replaceFile(join(dir, 'signcerts', 'cert.pem'), await readFile(pair.cert))
  await replaceFile(join(dir, 'keystore', 'key.pem'), await readFile(pair.key))
}
