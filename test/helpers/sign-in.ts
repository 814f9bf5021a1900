import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { Agent, fetch } from 'undici'
import { reachProvider } from '../../cli/src/sign-in/identity-provider.ts'
import { cutScopes, DUTIES } from '../../identity/src/duties.ts'
import type { Duty } from '../../identity/src/duties.ts'
import { fillIn } from '../../identity/src/fill-in.ts'
import { People } from '../../identity/src/people.ts'
import { statePaths } from '../../network/description/paths.ts'
import { readSettings } from './gateway-process.ts'

/** Scopes of each kind of staff. */
export const SCOPES = {
  clinician: 'user/DocumentReference.c user/DocumentReference.rs',
  desk: 'user/Patient.c',
  auditor: 'user/AuditEvent.rs',
  admin: 'user/Practitioner.c'
} as const

/** Tokens of this process with the time (ms) until which they are handed out again: a sign-in costs both ends a hashed password. */
const kept = new Map<string, { token: string, until: number }>()
const KEPT_FOR_MS = 60_000
/** Passwords of whom this process admitted. */
const admitted = new Map<string, string>()

/**
 * Signs a person of a running network's hospital in at its identity provider, as a browser does, and returns an access token. Whoever is
 * not there yet is admitted first, as the hospital's admin would.
 */
export async function signIn (stateDir: string, organizationId: string, subject: string, scope: string): Promise<string> {
  const name = JSON.stringify([stateDir, organizationId, subject, scope])
  const former = kept.get(name)
  if (former !== undefined && former.until > Date.now()) return former.token
  const { OIDC_ISSUER: issuer = '', OIDC_AUDIENCE: audience = '', OIDC_CA_FILE: caFile = '' } = readSettings(stateDir, organizationId)
  const caPem = readFileSync(caFile, 'utf8')
  const password = await admit(stateDir, organizationId, subject, scope)
  const provider = await reachProvider({ issuer, clientId: 'epione-cli', caPem })
  const agent = new Agent({ connect: { ca: caPem }, keepAliveTimeout: 1_000 })
  try {
    const begun = await provider.beginDevice(scope, audience)
    await fillIn(async (url, init) => await fetch(url, { ...init, redirect: 'manual', dispatcher: agent }), begun.completeLink, { subject, password })
    const { accessToken } = await provider.awaitDevice(begun, true)
    kept.set(name, { token: accessToken, until: Date.now() + KEPT_FOR_MS })
    return accessToken
  } finally {
    await Promise.all([provider.close(), agent.destroy()])
  }
}

/** Has a person who may hold these scopes sign in at the hospital; returns their password. */
export async function admit (stateDir: string, organizationId: string, subject: string, scope: string): Promise<string> {
  const { data, passwords } = statePaths(stateDir).organization(organizationId).provider
  const described = (readJson(passwords) ?? {}) as Record<string, string>
  const own = described[subject]
  if (own !== undefined) return own
  const name = JSON.stringify([stateDir, organizationId, subject])
  const people = new People(data)
  const wanted = scope.split(' ')
  const duties = (Object.keys(DUTIES) as Duty[]).filter((duty) => cutScopes(wanted, DUTIES[duty]).length > 0)
  const former = await people.find(subject)
  if (former === undefined || !duties.every((duty) => former.duties.includes(duty))) {
    admitted.set(name, await people.put({ subject, duties: [...new Set([...former?.duties ?? [], ...duties])] }, admitted.get(name)))
  }
  const password = admitted.get(name)
  if (password === undefined) throw new Error(`${subject} of ${organizationId} was admitted by another process: list them among the network's people`)
  return password
}

function readJson (path: string): unknown {
  try {
    return JSON.parse(readFileSync(path, 'utf8'))
  } catch {
    return undefined
  }
}

/** A program that stands for a browser, and what it must find in its environment to sign this person in. */
export function browserOf (
  stateDir: string, organizationId: string, passwordsFile: string, subject: string
): { program: string, env: Record<string, string> } {
  return {
    program: join(import.meta.dirname, '..', '..', 'identity', 'bin', 'epione-fill-in.js'),
    env: { EPIONE_SUBJECT: subject, EPIONE_PASSWORDS: passwordsFile, EPIONE_CA: statePaths(stateDir).organization(organizationId).tlsCa }
  }
}
