import { join, relative } from 'node:path'
import type { OrganizationPaths } from '../description/paths.ts'
import { CA_NAMES } from './identities.ts'
import { rootOf } from '../nodes/ca.ts'
import { NetworkError } from '../errors.ts'
import { certificateFault, certificateFiles, certificateLife, DAY_MS, RENEW_LIST_BEFORE_MS, rootOfCertificate } from './certificates.ts'
import type { RevocationList } from '../../host/src/index.ts'

/**
 * One certificate, root or revocation list: `due` when it is to be renewed, `expired` when its day is over, `faulty` when it does not
 * belong to its key or its CA, `unseen` when nobody answers who has it. `notAfter` in ms since the epoch.
 */
export interface CertificateRow {
  organization: string
  /** Of a pair its folder below the organisation's, such as `tls/orderer`; `ca`, `tls-ca`, `control-ca` of roots; `revocations`. */
  name: string
  state: 'fine' | 'due' | 'expired' | 'faulty' | 'unseen'
  file?: string
  notAfter?: number
  daysLeft?: number
  detail?: string
}

/** Every certificate of an organisation whose key it keeps, and its roots; `dueDays` before its day one is due. */
export async function reportCertificates (id: string, own: OrganizationPaths, dueDays: number, now: number): Promise<CertificateRow[]> {
  const pairs = await Promise.all((await certificateFiles(own)).map(async (file) =>
    await rowOf({ organization: id, name: relative(own.dir, join(file, '..')), file }, rootOfCertificate(file, own), dueDays, now)))
  const roots = await Promise.all(CA_NAMES.map(async (name) =>
    await rowOf({ organization: id, name, file: rootOf(name, own) }, undefined, dueDays, now)))
  return [...pairs, ...roots]
}

async function rowOf (
  base: { organization: string, name: string, file: string }, root: string | undefined, dueDays: number, now: number
): Promise<CertificateRow> {
  try {
    const life = await certificateLife(base.file, now)
    if (life === undefined) return { ...base, state: 'faulty', detail: 'is not there' }
    const { notAfter, daysLeft } = life
    const fault = root === undefined ? undefined : await certificateFault(base.file, root, now)
    const row = { ...base, notAfter, daysLeft }
    if (notAfter <= now) return { ...row, state: 'expired' }
    return fault === undefined ? { ...row, state: daysLeft < dueDays ? 'due' : 'fine' } : { ...row, state: 'faulty', detail: fault }
  } catch (error) {
    if (!(error instanceof NetworkError)) throw error
    return { ...base, state: 'faulty', detail: error.message }
  }
}

/** The list of revoked certificates that the channel has of an organisation; undefined where nobody is revoked. */
export function reportRevocations (id: string, list: RevocationList | undefined, now: number): CertificateRow {
  const base = { organization: id, name: 'revocations' }
  if (list === undefined) return { ...base, state: 'fine', detail: 'nobody is revoked' }
  const detail = `${String(list.serials.length)} revoked`
  if (list.nextAt === undefined) return { ...base, state: 'fine', detail }
  const left = list.nextAt - now
  const state = left <= 0 ? 'expired' : left < RENEW_LIST_BEFORE_MS ? 'due' : 'fine'
  return { ...base, state, notAfter: list.nextAt, daysLeft: Math.floor(left / DAY_MS), detail }
}
