import { common } from '@hyperledger/fabric-protos'
import { randomBytes, toHex } from '@epione/crypto'
import { dataHashOf, headerHashOf } from '@epione/ledger/blocks'
import { Alarms } from '../../anchor/src/service/alarms.ts'
import { AnchorService } from '../../anchor/src/service/anchor-service.ts'
import { followBlocks } from '../../anchor/src/service/follow.ts'
import { BatchStore } from '../../anchor/src/store/batch-store.ts'
import { BlockStore } from '../../anchor/src/store/block-store.ts'
import { openDatabase } from '../../anchor/src/store/database.ts'
import { createSubmitter } from './anchor-submitter.ts'
import { toLedgerBytes } from './ledgers/serialize.ts'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { AnchorRecord } from '@epione/protocol'
import type { LocalAccount } from 'viem'
import type { PublishedBatch } from '@epione/protocol/api'
import type { Mailbox } from '../../anchor/src/service/mailbox.ts'
import type { Vote } from '../../anchor/src/store/batch-store.ts'
import type { AnchorWorld, TestSubmitter } from './anchor-submitter.ts'
import type { Teardown } from './gateway.ts'
import type { Serializable } from './ledgers/serialize.ts'

export const MEMBERS = ['CoreMSP', 'Regional1MSP', 'Regional2MSP'] as const
export const TURN_MS = 10_000

/** Consecutive blocks as peers store them, whose envelopes are random. */
export function makeBlocks (count: number): { bytes: Uint8Array[], networkId: string } {
  const made: Serializable[] = []
  for (let number = 0; number < count; number++) {
    const previous = made.at(-1)
    const envelope = new common.Envelope()
    envelope.setSignature(randomBytes(64))
    const envelopes = [envelope.serializeBinary()]
    const commit = new common.Metadata()
    commit.setValue(randomBytes(32))
    const metadata = [
      new Uint8Array(), new Uint8Array(), Uint8Array.of(0), new Uint8Array(),
      number === 0 ? new Uint8Array() : commit.serializeBinary()
    ]
    made.push({
      number: BigInt(number),
      previousHash: previous === undefined ? new Uint8Array() : headerHashOf(previous),
      dataHash: dataHashOf(envelopes),
      envelopes,
      metadata
    })
  }
  const [genesis] = made
  if (genesis === undefined) throw new Error('a ledger has a first block')
  return { bytes: made.map(toLedgerBytes), networkId: toHex(headerHashOf(genesis)) }
}

export interface TestService {
  service: AnchorService
  alarms: Alarms
  batches: BatchStore
  published: PublishedBatch[]
  recorded: AnchorRecord[]
  submitter: TestSubmitter
  follow: (blocks: readonly Uint8Array[]) => Promise<void>
}

/** Mailboxes that reach each other at once, without gateways. */
export class MemoryMailboxes {
  readonly votes: (Vote & { mspId: string })[] = []

  of (mspId: string, published: PublishedBatch[]): Mailbox {
    return {
      propose: (vote) => { this.votes.push({ ...vote, mspId }); return Promise.resolve() },
      list: (number) => Promise.resolve(this.votes.filter((vote) => vote.number === number)),
      publish: (batch) => { published.push(batch); return Promise.resolve() }
    }
  }
}

/** The service of one of `MEMBERS`, whose clock the test turns. */
export async function createService (
  t: Teardown,
  world: AnchorWorld,
  index: number,
  mailboxes: MemoryMailboxes,
  clock: () => number
): Promise<TestService> {
  const mspId = MEMBERS[index] ?? ''
  const submitter = await createSubmitter(t, world, { account: world.anvil.account(index + 1) as unknown as LocalAccount, clock })
  const directory = mkdtempSync(join(tmpdir(), 'epione-anchor-'))
  const database = openDatabase(directory)
  t.teardown(() => {
    database.close()
    rmSync(directory, { recursive: true, force: true })
  })
  const [blocks, batches, alarms] = [new BlockStore(database), new BatchStore(database), new Alarms(() => undefined)]
  const [published, recorded]: [PublishedBatch[], AnchorRecord[]] = [[], []]
  const service = new AnchorService({
    mspId,
    members: MEMBERS,
    network: world.network,
    chain: world.chain,
    submitter: submitter.submitter,
    witness: world.witnesses[index] as LocalAccount,
    blocks,
    batches,
    mailbox: mailboxes.of(mspId, published),
    record: (record) => { recorded.push(record); return Promise.resolve() },
    alarms,
    clock,
    timing: { batchIntervalMs: 0, turnTimeoutMs: TURN_MS, maxAgeMs: 3_600_000 }
  })
  async function * source (from: readonly Uint8Array[]): AsyncGenerator<Uint8Array> {
    for (const block of from.slice(blocks.height())) yield await Promise.resolve(block)
  }
  return {
    service,
    alarms,
    batches,
    published,
    recorded,
    submitter,
    follow: async (bytes) => {
      await followBlocks(
        { source: () => source(bytes), blocks, networkId: world.chain.domain.networkId, chaincode: 'epione', clock },
        new AbortController().signal
      )
    }
  }
}
