import { execFile } from 'node:child_process'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { readSettings } from './gateway-process.ts'

const ROOT = join(import.meta.dirname, '..', '..')

/** Scopes of each kind of staff on the local network. */
export const SCOPES = {
  clinician: 'user/DocumentReference.c user/DocumentReference.rs',
  desk: 'user/Patient.c',
  auditor: 'user/AuditEvent.rs',
  admin: 'system/Practitioner.c'
} as const

/** Asks the gateway's `dev-token` command for a bearer token of the organisation's development issuer. */
export async function createDevToken (
  stateDir: string,
  organizationId: string,
  subject: string,
  scope: string,
  expiresInSeconds = 3600
): Promise<string> {
  const args = [
    join(ROOT, 'gateway', 'dist', 'admin.js'), 'dev-token', '--subject', subject, '--scope', scope, '--expires-in',
    String(expiresInSeconds)
  ]
  const { stdout } = await promisify(execFile)(process.execPath, args, {
    env: { PATH: process.env['PATH'], ...readSettings(stateDir, organizationId) }
  })
  return stdout.trim()
}
