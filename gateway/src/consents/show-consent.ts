import type { Consent, ConsentState } from '@epione/protocol'
import { checkStatementBody, isConsentOver } from '@epione/protocol'
import type { ShownConsent } from '@epione/protocol/api'
import type { FastifyInstance } from 'fastify'
import { fromLedgerPage } from '../http/paging.ts'
import { statusOf } from './grant-consent.ts'

/** The signed body of a consent that the ledger has. */
export function consentOf (state: ConsentState): Consent {
  return checkStatementBody('Consent', JSON.parse(state.consent.statement.body))
}

/** A page of consents as the ledger lists them, each shown. */
export async function showConsents (
  app: FastifyInstance,
  { items, bookmark }: { items: ConsentState[], bookmark: string }
): Promise<{ items: ShownConsent[], next?: string }> {
  return fromLedgerPage({ bookmark, items: await Promise.all(items.map((state) => showConsent(app, state))) })
}

/** A consent with its status by this gateway's clock, and whether an end of it that this proxy keeps to is on its way to the ledger. */
export async function showConsent (app: FastifyInstance, state: ConsentState, body = consentOf(state)): Promise<ShownConsent> {
  const status = statusOf(app, body, state)
  return { ...state, status, ending: !isConsentOver(status) && await app.proxy.endings.isEnded(body.patientId, state.consent.id) }
}
