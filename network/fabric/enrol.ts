import { mkdir, readdir, readFile, rename, rm } from 'node:fs/promises'
import { dirname, join, relative } from 'node:path'
import type { Binaries } from './binaries.ts'
import { NODE_PROFILE, enrolmentId, subjectNames, type EnrolmentSecrets } from '../nodes/ca.ts'
import { NetworkError } from '../errors.ts'
import { readTextIfExists, replaceFile } from '../../host/src/index.ts'
import { CA_NAME, CA_NAMES, declaredIdentities, type CaName, type DeclaredIdentity } from './identities.ts'
import { writeMsp } from './msp.ts'
import type { KeyPairPaths, OrganizationPaths } from '../description/paths.ts'
import { runTool } from '../host/tool.ts'
import type { OrganizationTopology } from '../description/topology.ts'

interface Enrolment {
  organization: OrganizationTopology
  paths: OrganizationPaths
  binaries: Binaries
  caName: CaName
  identity: DeclaredIdentity
  secret: string
  target: KeyPairPaths
}

/** Enrols every identity of an organisation that has no certificate yet, and writes its MSP folders. */
export async function enrolAll (
  organization: OrganizationTopology,
  paths: OrganizationPaths,
  binaries: Binaries,
  secrets: EnrolmentSecrets
): Promise<void> {
  for (const caName of CA_NAMES) {
    for (const identity of declaredIdentities(organization, caName)) {
      const target = caName === CA_NAME ? paths.identity(identity.name) : paths.tls(identity.name)
      if (await readTextIfExists(target.cert) === undefined) {
        const secret = secrets[caName][enrolmentId(identity.name, organization.id)] ?? ''
        await enrolOne({ organization, paths, binaries, caName, identity, secret, target })
      }
      if (identity.needsMsp) await writeMsp(paths.identity(identity.name).msp, paths, target)
    }
  }
}

/** Enrols one identity into a folder that appears whole or not at all. */
async function enrolOne (enrolment: Enrolment): Promise<void> {
  const { organization, paths, binaries, caName, identity, target } = enrolment
  // fabric-ca-client keeps its settings in its home: sharing one between processes mixes up subjects.
  const home = `${target.dir}.enrolling`
  await rm(home, { recursive: true, force: true })
  await mkdir(home, { recursive: true })
  const id = enrolmentId(identity.name, organization.id)
  await runTool({
    command: join(binaries.fabricCa, 'fabric-ca-client'),
    args: [
      'enroll', '--loglevel', 'warning', '--caname', caName, '--mspdir', 'msp',
      '--csr.names', subjectNames(organization).map((name) => `O=${name.O}`).join(','),
      '--enrollment.profile', NODE_PROFILE,
      ...caName !== CA_NAME ? ['--csr.hosts', `${organization.host.name},${organization.host.address}`] : []
    ],
    env: {
      FABRIC_CA_CLIENT_HOME: home,
      // In the environment rather than in the arguments, which every user of the machine can list.
      FABRIC_CA_CLIENT_URL: `https://${id}:${enrolment.secret}@${organization.host.address}:${organization.ca.port}`,
      // Split at commas, and counted from the home: so it holds names of ours only.
      FABRIC_CA_CLIENT_TLS_CERTFILES: [paths.ca, paths.tlsCa].map((file) => relative(home, file)).join(',')
    }
  })
  const keys = await readdir(join(home, 'msp', 'keystore'))
  const [key] = keys
  if (key === undefined || keys.length !== 1) throw new NetworkError('command-failed', `enrolment of ${id} left ${keys.length} keys`)
  const made = `${target.dir}.new`
  await rm(made, { recursive: true, force: true })
  await replaceFile(join(made, 'cert.pem'), await readFile(join(home, 'msp', 'signcerts', 'cert.pem')))
  await replaceFile(join(made, 'key.pem'), await readFile(join(home, 'msp', 'keystore', key)))
  await mkdir(dirname(target.dir), { recursive: true })
  await rm(target.dir, { recursive: true, force: true })
  await rename(made, target.dir)
  await rm(home, { recursive: true, force: true })
}
