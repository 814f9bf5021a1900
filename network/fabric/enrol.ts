import { readTextIfExists } from '../../host/src/index.ts'
import type { OrganizationPaths } from '../description/paths.ts'
import type { OrganizationTopology } from '../description/topology.ts'
import { enrolmentId, type EnrolmentSecrets } from '../nodes/ca.ts'
import { enrolAnew, type Enrolment } from './certify.ts'
import { CA_NAME, CA_NAMES, declaredIdentities } from './identities.ts'
import { writeMsp } from './msp.ts'

/** Enrols every identity of an organisation that has no certificate yet, and writes its MSP folders. */
export async function enrolAll (organization: OrganizationTopology, paths: OrganizationPaths, secrets: EnrolmentSecrets): Promise<void> {
  for (const enrolment of enrolmentsOf(organization, paths, secrets)) {
    if (await readTextIfExists(enrolment.target.cert) === undefined) await enrolAnew(enrolment)
  }
  await writeMsps(organization, paths)
}

/** Everybody whom the organisation's CAs are told of, with their secrets. */
export function enrolmentsOf (organization: OrganizationTopology, paths: OrganizationPaths, secrets: EnrolmentSecrets): Enrolment[] {
  return CA_NAMES.flatMap((caName) => declaredIdentities(organization, caName).map((identity) => ({
    organization,
    paths,
    caName,
    identity,
    secret: secrets[caName][enrolmentId(identity.name, organization.id)] ?? '',
    target: caName === CA_NAME ? paths.identity(identity.name) : paths.tls(identity.name)
  })))
}

/** Writes the MSP folders of those as whom Fabric's programs run. */
export async function writeMsps (organization: OrganizationTopology, paths: OrganizationPaths): Promise<void> {
  for (const { name, needsMsp } of declaredIdentities(organization, CA_NAME)) {
    if (needsMsp) await writeMsp(paths.identity(name).msp, paths, paths.identity(name))
  }
}
