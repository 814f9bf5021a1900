import fp from 'fastify-plugin'
import { LEDGER_EVENTS } from '@epione/chaincode/model'
import { RepeatedDenials } from '../sharing/repeated-denials.ts'

declare module 'fastify' {
  interface FastifyInstance {
    repeatedDenials: RepeatedDenials
  }
}

/** Events that change nothing about a decision. */
const UNRELATED: readonly string[] = [LEDGER_EVENTS.accessDecided, LEDGER_EVENTS.cfragsReleased, LEDGER_EVENTS.blocksAnchored]

/** Remembers what was denied, until a block tells something new of that patient or consent. */
export const repeatedDenialsPlugin = fp((app, _options, done) => {
  const denials = new RepeatedDenials(app.ports.clock)
  app.decorate('repeatedDenials', denials)
  app.events.onEvent(({ name, payload }) => {
    if (!UNRELATED.includes(name)) denials.forget(aboutWhom(payload))
  })
  done()
}, { name: 'repeated-denials', dependencies: ['events'] })

interface Told { statement?: { body: string }, consent?: Told, manifest?: Told, rewrap?: Told }

/** Whom the statement that an event carries is about; nobody when it carries none, which lets no request pass that the ledger would not judge. */
function aboutWhom (payload: Uint8Array): { patientId?: unknown, consentId?: unknown } {
  try {
    const { statement, consent, rewrap, manifest } = JSON.parse(new TextDecoder().decode(payload)) as Told
    const { body } = statement ?? consent?.statement ?? rewrap?.statement ?? manifest?.statement ?? {}
    return body === undefined ? {} : JSON.parse(body) as object
  } catch (error) {
    if (error instanceof SyntaxError) return {}
    throw error
  }
}
