import type { NetworkDocument, PolicyDocument } from '@epione/protocol'
import type { StatementReader } from '@epione/protocol/verify'
import type { Emergencies } from '../emergencies/emergencies.ts'
import type { Freezes } from './freezes.ts'
import type { BlockView, Freshness, LedgerView } from './ledger-view.ts'
import type { Prohibitions } from './prohibitions.ts'
import type { ActorEnds } from './actor-ends.ts'
import type { Suspensions } from './suspensions.ts'

/** By what a proxy judges a permit: its own peer, its own memory, its own clock. */
export interface PermitContext {
  ledger: LedgerView
  /** The verified network document that was in force at a time (ms) of the ledger. */
  networkAt: (time: number) => Promise<NetworkDocument>
  /** The policy that it names, held against its hash. */
  policyAt: (time: number) => Promise<PolicyDocument>
  blocks: BlockView
  freshness: Freshness
  reader: StatementReader
  /** This gateway's own clock, ms. */
  now: () => number
  /** True when this gateway has itself seen that the patient ended the consent, whatever the ledger shows. */
  isEnded: (patientId: string, consentId: string) => Promise<boolean>
  /** What this gateway has itself seen that the patient forbids, whatever the ledger shows. */
  prohibitions: Pick<Prohibitions, 'list'>
  /** Whom and which keys this gateway has itself seen end, whatever the ledger shows. */
  suspensions: Pick<Suspensions, 'find'>
  /** Whose freeze this gateway has itself seen, whatever the ledger shows. */
  freezes: Pick<Freezes, 'isFrozen'>
  /** Whose acting for a patient this gateway has itself seen end, whatever the ledger shows. */
  actorEnds: Pick<ActorEnds, 'requireInTime'>
  /** Boxes that this gateway has itself read in blocks. */
  emergencies: Pick<Emergencies, 'isClosed' | 'requireWithinLimit'>
  /** Refuses a record version whose proven end this gateway has carried out. @throws {GatewayError} RECORD_ENDED */
  requireKept: (record: { recordId: string, version: number }) => Promise<void>
}
