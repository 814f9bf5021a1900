import fp from 'fastify-plugin'
import { checkSchema, LEDGER_EVENTS, SchemaMismatch } from '@epione/protocol'
import { BlockError, parseEventPayload } from '@epione/ledger/blocks'
import { Type } from 'typebox'
import type { Static } from 'typebox'
import type { LedgerEvent } from '@epione/ledger/fabric'
import { readPayload } from '../ledger/ledger-events.ts'
import { RepeatedDenials } from './repeated-denials.ts'

declare module 'fastify' {
  interface FastifyInstance {
    repeatedDenials: RepeatedDenials
  }
}

/** Events that change nothing about a decision. */
const UNRELATED: readonly string[] = [
  LEDGER_EVENTS.accessDecided, LEDGER_EVENTS.accessesDecided, LEDGER_EVENTS.cfragsReleased, LEDGER_EVENTS.blocksAnchored,
  LEDGER_EVENTS.logNoted
]

const Told = Type.Object({ statement: Type.Object({ body: Type.String() }) })
/** Where events carry the statement that they tell of: itself, or what a consent or record says newest. */
const Carrier = Type.Partial(Type.Object({ ...Told.properties, consent: Told, rewrap: Told, manifest: Told }))
const Changed = Type.Object({ membership: Told })
const Hospital = Type.Object({ mspId: Type.String() })
const Whom = Type.Object({ patientId: Type.Optional(Type.String()), consentId: Type.Optional(Type.String()) })

/** Remembers what was denied, until a block tells something new of that patient or consent. */
export const repeatedDenialsPlugin = fp((app, _options, done) => {
  const denials = new RepeatedDenials(app.ports.clock)
  app.decorate('repeatedDenials', denials)
  app.events.onEvent((event) => {
    if (event.name === LEDGER_EVENTS.membershipChanged && isOf(app.config.mspId, event)) denials.forgetAll()
    else if (!UNRELATED.includes(event.name)) denials.forget(aboutWhom(event))
  })
  done()
}, { name: 'repeated-denials', dependencies: ['events'] })

/** Whether a department of this hospital changed: its members may read by consents of any patient. */
function isOf (mspId: string, event: LedgerEvent): boolean {
  const { membership: { statement } } = readPayload(Changed, event)
  return checkSchema(Hospital, parseEventPayload(Buffer.from(statement.body)), event.name).mspId === mspId
}

/**
 * Whom the statement that an event carries is about; nobody when it carries none, which lets no request pass that the ledger would not
 * judge.
 */
function aboutWhom (event: LedgerEvent): Static<typeof Whom> {
  try {
    const { statement, consent, rewrap, manifest } = readPayload(Carrier, event)
    const told = statement ?? (consent ?? rewrap ?? manifest)?.statement
    return told === undefined ? {} : checkSchema(Whom, parseEventPayload(Buffer.from(told.body)), event.name)
  } catch (error) {
    if (error instanceof BlockError || error instanceof SchemaMismatch) return {}
    throw error
  }
}
