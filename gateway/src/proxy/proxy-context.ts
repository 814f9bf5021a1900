import type { LedgerClient } from '@epione/ledger/client'
import type { NetworkDocument, PolicyDocument } from '@epione/protocol'
import type { StatementReader } from '@epione/protocol/verify'
import type { FastifyBaseLogger } from 'fastify'
import type { Kysely } from 'kysely'
import type { Outbox } from '../outbox/outbox.ts'
import type { Tables } from '../store/tables.ts'
import type { ConsentKeyFiles } from './consent-key-files.ts'
import type { KfragVault } from './kfrag-vault.ts'
import type { BlockView, Freshness } from './ledger-view.ts'
import type { ProxyKeys } from './proxy-keys.ts'
import type { Reencryptor } from './reencryptor.ts'

/** What the parts of a proxy work with. */
export interface ProxyContext {
  mspId: string
  /** 32 bytes. */
  networkId: Uint8Array
  keys: ProxyKeys
  /** Under the identity `gateway`; evaluates on the organisation's own peers. */
  ledger: LedgerClient
  /** The verified network document that was in force at a time (ms) of the ledger. */
  networkAt: (time: number) => Promise<NetworkDocument>
  /** The policy that it names. */
  policyAt: (time: number) => Promise<PolicyDocument>
  blocks: BlockView
  freshness: Freshness
  reader: StatementReader
  vault: KfragVault
  keyFiles: ConsentKeyFiles
  reencryptor: Reencryptor
  outbox: Outbox
  db: Kysely<Tables>
  /** This gateway's own clock, ms. */
  clock: () => number
  log: FastifyBaseLogger
}
