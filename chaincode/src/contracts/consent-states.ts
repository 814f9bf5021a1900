import { LEDGER_KEYS, LedgerError } from '@epione/protocol'
import type { Consent, ConsentFacts, ConsentState, LedgerKey, StoredStatement } from '@epione/protocol'
import type { LedgerContext } from './context.ts'
import type { StoredConsent, StoredCustody } from './stored.ts'

/** A consent as granted, with its body. */
export interface LoadedConsent extends StoredConsent { body: Consent }

export async function findConsent (ctx: LedgerContext, consentId: string): Promise<LoadedConsent | undefined> {
  const stored = await ctx.state.get<StoredConsent>(LEDGER_KEYS.consent(consentId))
  // The body was checked against its schema when it was accepted.
  return stored === undefined ? undefined : { ...stored, body: JSON.parse(stored.consent.statement.body) as Consent }
}

/** A granted consent. @throws {LedgerError} CONSENT_UNKNOWN */
export async function loadConsent (ctx: LedgerContext, consentId: string): Promise<LoadedConsent> {
  const consent = await findConsent(ctx, consentId)
  if (consent === undefined) throw new LedgerError('CONSENT_UNKNOWN', `No consent ${consentId} is on the ledger.`)
  return consent
}

/** Its organisations, in the order in which custody and destructions are listed. */
function listProxies ({ compartments }: Consent): string[] {
  return (compartments[0]?.shares ?? []).map((s) => s.mspId).sort()
}

/** Ids of the kfrags that a consent lists for one organisation. */
export function listKfragIds ({ compartments }: Consent, mspId: string): string[] {
  return compartments.flatMap((c) => c.shares.filter((s) => s.mspId === mspId).map((s) => s.kfragId))
}

export function findRevocation (ctx: LedgerContext, patientId: string, consentId: string): Promise<StoredStatement | undefined> {
  return ctx.state.get<StoredStatement>(LEDGER_KEYS.consentEnd(patientId, consentId))
}

export function findCustody (ctx: LedgerContext, consentId: string, mspId: string): Promise<StoredCustody | undefined> {
  return ctx.state.get<StoredCustody>(LEDGER_KEYS.custody(consentId, mspId))
}

/**
 * As much of a consent's facts as decides about it, read key by key, so that only its own changes conflict with a
 * request: a revocation ends it whoever holds kfrags, and once its threshold of proxies holds them, the others are idle.
 */
export async function loadDecisiveFacts (
  ctx: LedgerContext,
  { consent, body }: LoadedConsent,
  members: readonly string[]
): Promise<ConsentFacts> {
  const revoked = await findRevocation(ctx, body.patientId, consent.id) !== undefined
  const custody: string[] = []
  const destroyed: string[] = []
  const isEnough = (): boolean => custody.filter((m) => members.includes(m) && !destroyed.includes(m)).length >= body.threshold
  for (const mspId of listProxies(body)) {
    if (revoked || isEnough()) break
    const held = await findCustody(ctx, consent.id, mspId)
    if (held === undefined) continue
    custody.push(mspId)
    if (held.destroyed) destroyed.push(mspId)
  }
  return { body, revoked, custody, members, destroyed }
}

/** All that the ledger says of a consent. */
export async function completeConsent (ctx: LedgerContext, { consent, body }: LoadedConsent): Promise<ConsentState> {
  const revocation = await findRevocation(ctx, body.patientId, consent.id)
  const proxies = listProxies(body)
  const custody = await loadCustody(ctx, consent.id, body)
  const destructions = await loadStatements(ctx, proxies.map((p) => LEDGER_KEYS.destruction(consent.id, p)))
  return { consent, ...(revocation !== undefined && { revocation }), custody, destructions }
}

/** Confirmations of custody so far, in the order of the organisations. */
export async function loadCustody (ctx: LedgerContext, consentId: string, body: Consent): Promise<StoredStatement[]> {
  const confirmations: StoredStatement[] = []
  for (const mspId of listProxies(body)) {
    const held = await findCustody(ctx, consentId, mspId)
    if (held !== undefined) confirmations.push(held.confirmation)
  }
  return confirmations
}

export async function loadStatements (ctx: LedgerContext, keys: readonly LedgerKey[]): Promise<StoredStatement[]> {
  const found: StoredStatement[] = []
  for (const key of keys) {
    const statement = await ctx.state.get<StoredStatement>(key)
    if (statement !== undefined) found.push(statement)
  }
  return found
}
