import { createPrivateKey, generateKeyPairSync, type KeyObject } from 'node:crypto'
import { readFile, rename, rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { KeyPairPaths, OrganizationPaths } from '../description/paths.ts'
import type { OrganizationTopology } from '../description/topology.ts'
import { NetworkError } from '../errors.ts'
import { replaceFile } from '../../host/src/index.ts'
import { requestHttps } from '../host/https.ts'
import { isObject, parseJson } from '../host/json.ts'
import { enrolmentId, NODE_PROFILE, subjectNames } from '../nodes/ca.ts'
import { certificateRequest } from './certificate-request.ts'
import { CA_NAME, type CaName, type DeclaredIdentity } from './identities.ts'

/** Somebody whom a CA of the organisation knows, and where their key and certificate lie. */
export interface Enrolment {
  organization: OrganizationTopology
  paths: OrganizationPaths
  caName: CaName
  identity: DeclaredIdentity
  secret: string
  target: KeyPairPaths
}

/** A CA computes a hash of the secret and a signature; on a busy machine that takes a while. */
const ENROL_TIMEOUT_MS = 30_000
const SHOWN_CHARACTERS = 500

/** A new key and its certificate, in a folder that appears whole or takes the place of the former one. */
export async function enrolAnew (enrolment: Enrolment): Promise<void> {
  const { target } = enrolment
  const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  const certificate = await certify(enrolment, privateKey)
  const made = `${target.dir}.new`
  await rm(made, { recursive: true, force: true })
  await replaceFile(join(made, 'cert.pem'), certificate)
  await replaceFile(join(made, 'key.pem'), privateKey.export({ type: 'pkcs8', format: 'pem' }))
  await rm(target.dir, { recursive: true, force: true })
  await rename(made, target.dir)
}

/**
 * A further certificate for the key that is there, whether or not the former one has expired: whoever wrote the key down elsewhere, as
 * the channel does an orderer's, need not be told.
 */
export async function certifyAgain (enrolment: Enrolment): Promise<void> {
  const { target } = enrolment
  await replaceFile(target.cert, await certify(enrolment, createPrivateKey(await readFile(target.key))))
}

/** Has a CA of the organisation certify a key, by the secret of the identity; returns the certificate, PEM. Throws `command-failed`. */
async function certify ({ organization, paths, caName, identity, secret }: Enrolment, key: KeyObject): Promise<string> {
  const id = enrolmentId(identity.name, organization.id)
  const { address, name } = organization.host
  const { status, text } = await requestHttps({
    url: `https://${address}:${organization.ca.port}/enroll`,
    // Until it has a pair of the TLS CA it shows one under the identity CA.
    caFile: [paths.ca, paths.tlsCa],
    method: 'POST',
    headers: { authorization: `Basic ${Buffer.from(`${id}:${secret}`).toString('base64')}`, 'content-type': 'application/json' },
    body: Buffer.from(JSON.stringify({
      caname: caName,
      profile: NODE_PROFILE,
      certificate_request: certificateRequest(key, { organization: subjectNames(organization)[0]?.O ?? '', commonName: id }),
      ...caName === CA_NAME ? {} : { hosts: [name, address] }
    })),
    timeoutMs: ENROL_TIMEOUT_MS
  })
  const answer = parseJson(text)
  const certificate = isObject(answer) && isObject(answer['result']) ? answer['result']['Cert'] : undefined
  if (status === 201 && typeof certificate === 'string') return Buffer.from(certificate, 'base64').toString()
  throw new NetworkError('command-failed', `${organization.ca.process} certified no key of ${id} (${status}): ${text.slice(0, SHOWN_CHARACTERS)}`, {
    advice: `See \`make logs ARGS=${organization.ca.process}\`.`
  })
}
