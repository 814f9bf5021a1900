import { SecretKey, randomBytes, toHex } from '@epione/crypto'
import { LEDGER_KEYS } from '@epione/protocol'
import type { ProxyState } from '@epione/protocol'
import { adminSecret, documentOf, signFounding } from './founding.ts'
import { MemoryLedger } from './memory-ledger.ts'
import type { LedgerActor, LedgerWorld } from './ledger-world.ts'
import type { LedgerIdentity, MemoryLedgerOptions } from './memory-ledger.ts'

const MEMBERS = ['CoreMSP', 'Regional1MSP', 'Regional2MSP'] as const

export interface MemoryWorld extends LedgerWorld { memory: MemoryLedger, actor: (identity: LedgerIdentity) => LedgerActor }

/** A founded in-memory network of three hospitals with registered proxies. */
export async function createMemoryWorld (options: MemoryLedgerOptions = {}): Promise<MemoryWorld> {
  const memory = new MemoryLedger(options)
  const actor = (
    identity: LedgerIdentity
  ): LedgerActor => ({ mspId: identity.mspId, staffId: identity.staffId, ledger: memory.clientFor(identity) })
  const admin = (mspId: string): LedgerActor => actor({ mspId, staffId: 'admin', admin: true })
  const networkId = randomBytes(32)
  const signers = new Map<string, SecretKey>(MEMBERS.map((m) => [m, SecretKey.random()]))
  const proxySigner = (mspId: string): SecretKey => {
    const signer = signers.get(mspId)
    if (signer === undefined) throw new Error(`${mspId} has no proxy`)
    return signer
  }
  await admin('CoreMSP').ledger.found(signFounding(documentOf(toHex(networkId), MEMBERS)))
  for (const mspId of MEMBERS) {
    await admin(mspId).ledger.registerProxy({
      encryptionKey: SecretKey.random().publicKey().toHex(),
      signingKey: proxySigner(mspId).publicKey().toHex(),
      gatewayUrl: 'https://localhost:7000'
    })
  }
  let enrolled = 0
  return {
    memory,
    networkId,
    members: MEMBERS,
    now: options.clock ?? Date.now,
    actor,
    admin,
    proxySigner,
    adminSecret,
    enroll: (who) => Promise.resolve(actor({ ...who, staffId: `staff-${String(++enrolled)}` })),
    gateway: (mspId) => actor({ mspId, staffId: 'gateway', role: 'gateway' }),
    registrar: (mspId) => actor({ mspId, staffId: 'registrar', role: 'registrar' })
  }
}

/** As if the members had cleared every proxy: for tests in which one lies again and again. */
export function forgiveProxies ({ memory, members }: MemoryWorld): void {
  for (const mspId of members) {
    memory.alter<ProxyState>(LEDGER_KEYS.proxy(mspId), ({ conviction: _, ...proxy }) => proxy)
  }
}
