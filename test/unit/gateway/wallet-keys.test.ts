import { randomBytes } from 'node:crypto'
import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { sql } from 'kysely'
import t from 'tap'
import type { Test } from 'tap'
import type {} from '../../../gateway/src/staff/identities-plugin.ts'
import { SealedWalletStore } from '../../../gateway/src/staff/sealed-wallet-store.ts'
import { readWalletKeys } from '../../../gateway/src/staff/wallet-keys.ts'
import type { WalletKeys } from '../../../gateway/src/staff/wallet-keys.ts'
import { buildGateway, createConsortium } from '../../helpers/gateway.ts'
import type { Consortium, TestGateway } from '../../helpers/gateway.ts'

const [OLD, NEW] = [randomBytes(32), randomBytes(32)]
const hex = (...keys: Buffer[]): string => keys.map((key) => key.toString('hex')).join('\n')

/** A gateway on its hospital's data, with these keys. */
async function start (t: Test, consortium: Consortium, ...walletKeys: [Buffer, ...Buffer[]]): Promise<TestGateway> {
  return await buildGateway(t, { consortium, ports: { walletKeys } })
}

t.test('the key of the wallet is exchanged while identities stay readable, and the former one is of no use then', async (t) => {
  const consortium = await createConsortium(t)
  const first = await start(t, consortium, OLD)
  await first.enrol('dr-a')
  const identity = await first.app.wallet.get('dr-a')
  await first.close()
  const prepared = await start(t, consortium, OLD, NEW)
  t.same(await prepared.app.wallet.get('dr-a'), identity)
  t.notMatch(prepared.log.join(''), 'sealed under the newest key', 'the first key is in use still')
  await prepared.close()
  const exchanged = await start(t, consortium, NEW, OLD)
  t.match(exchanged.log.join(''), /"anew":2,.*sealed under the newest key/)
  t.same(await exchanged.app.wallet.get('dr-a'), identity)
  await exchanged.enrol('dr-b')
  await exchanged.close()
  const after = await start(t, consortium, NEW)
  t.same(await after.app.wallet.get('dr-a'), identity)
  t.ok((await after.app.wallet.get('dr-b')).privateKey)
  await after.close()
  await t.rejects(start(t, consortium, OLD), /give the key that they were sealed with/)
})

t.test('one identity that was changed keeps nobody else out', async (t) => {
  const consortium = await createConsortium(t)
  const gateway = await start(t, consortium, OLD)
  await gateway.enrol('dr-a')
  await gateway.enrol('dr-b')
  await gateway.app.store.db.updateTable('wallet').set({ sealed: randomBytes(64) }).where('label', '=', 'dr-b').execute()
  await gateway.close()
  const again = await start(t, consortium, NEW, OLD)
  t.match(again.log.join(''), /"lost":1,/)
  t.ok(await again.app.wallet.get('dr-a'))
  await t.rejects(again.app.wallet.get('dr-b'), /no key of the wallet opens/)
})

t.test('a store that cannot be written is no key that is lost', async (t) => {
  const { app, enrol } = await start(t, await createConsortium(t), OLD)
  await enrol('dr-a')
  const { db } = app.store
  await sql`create trigger full before update on wallet begin select raise(abort, 'the disk is full'); end`.execute(db)
  await t.rejects(new SealedWalletStore(db, [NEW, OLD]).sealAnew(), /the disk is full/)
  t.ok(await app.wallet.get('dr-a'))
})

t.test('keys come from a file, from the setting itself, or from a program that asks a key service', async (t) => {
  const folder = await mkdtemp(join(tmpdir(), 'epione-keys-'))
  t.teardown(() => rm(folder, { recursive: true, force: true }))
  const file = join(folder, 'wallet.key')
  const program = join(folder, 'ask-kms')
  const write = async (script: string): Promise<void> => {
    await writeFile(program, `#!/bin/sh\n${script}\n`)
    await chmod(program, 0o700)
  }
  const inHex = (keys: WalletKeys): string => hex(...keys.map((key) => Buffer.from(key)))
  await writeFile(file, `${hex(NEW, OLD)}\n`)
  t.equal(inHex(await readWalletKeys({ setting: 'WALLET_KEY_FILE', value: file })), hex(NEW, OLD))
  t.equal(inHex(await readWalletKeys({ setting: 'WALLET_KEY', value: `${hex(NEW)},${hex(OLD)}` })), hex(NEW, OLD))
  await write(`echo ${hex(NEW)}`)
  t.equal(inHex(await readWalletKeys({ setting: 'WALLET_KEY_COMMAND', value: program })), hex(NEW))

  const refused = async (source: Parameters<typeof readWalletKeys>[0], why: RegExp): Promise<void> => {
    const error: unknown = await readWalletKeys(source).then(() => undefined, (cause: unknown) => cause)
    t.match(error, { name: 'ConfigError', message: why })
    t.notMatch(String(error), hex(NEW), 'no key in the words')
  }
  for (const value of [hex(NEW), hex(NEW, OLD), `/${hex(NEW)}`]) {
    await refused({ setting: 'WALLET_KEY_FILE', value }, /WALLET_KEY_FILE \(its value is not shown: .*cannot be read \(E[A-Z]+\): restore it/)
  }
  await refused({ setting: 'WALLET_KEY_FILE', value: join(folder, 'nowhere') }, /WALLET_KEY_FILE .*nowhere cannot be read \(ENOENT\)/)
  await refused({ setting: 'WALLET_KEY_COMMAND', value: join(folder, 'nowhere') }, /ended with ENOENT/)
  await write(`echo ${hex(NEW)}; exit 3`)
  await refused({ setting: 'WALLET_KEY_COMMAND', value: program }, /ended with 3/)
  await write('trap "" TERM; sleep 3')
  await t.rejects(readWalletKeys({ setting: 'WALLET_KEY_COMMAND', value: program }, 200), /took over 0.2 s/)
  await write('echo no key')
  await refused({ setting: 'WALLET_KEY_COMMAND', value: program }, /must hold 32 bytes/)
  for (const text of ['', hex(NEW).slice(2), hex(NEW, NEW), hex(...Array.from({ length: 5 }, () => randomBytes(32)))]) {
    await refused({ setting: 'WALLET_KEY', value: text }, /must hold 32 bytes/)
  }
})
