import t from 'tap'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseEther } from 'viem'
import { generatePrivateKey, privateKeyToAccount } from 'viem/accounts'
import { createAnchorWorld, createSubmitter, startRpcFront } from '../../helpers/anchor-submitter.ts'
import type { ChildProcess } from 'node:child_process'

const PROGRAM = join(import.meta.dirname, '..', '..', 'helpers', 'submit-and-die.ts')

for (const moment of ['before', 'after'] as const) {
  t.test(`a submitter killed ${moment} its transaction reached the node anchors the batch once`, async (t) => {
    const world = await createAnchorWorld(t)
    const secret = generatePrivateKey()
    const account = privateKeyToAccount(secret)
    await world.anvil.client.setBalance({ address: account.address, value: parseEther('1') })
    const running: { child?: ChildProcess } = {}
    const rpcUrl = await startRpcFront(t, world.anvil.url, async ({ method }, pass) => {
      if (method !== 'eth_sendRawTransaction') return undefined
      if (moment === 'after') await pass()
      running.child?.kill('SIGKILL')
      return { error: { code: -32000, message: 'killed' } }
    })
    const directory = await mkdtemp(join(tmpdir(), 'epione-anchor-'))
    const call = await world.sign(1)
    const child = spawn(process.execPath, [
      PROGRAM, JSON.stringify({ rpcUrl, directory, secret, call })
    ], { stdio: ['ignore', 'inherit', 'inherit'] })
    running.child = child
    t.strictSame(await once(child, 'exit'), [null, 'SIGKILL'])

    const { submitter, journal } = await createSubmitter(t, world, { account, directory })
    t.equal(journal.ofNonce(0).length, 1, 'it was written down before it was sent')
    t.match(await submitter.advance(call), { state: 'submitted', transactionHash: journal.ofNonce(0)[0]?.hash })
    await world.anvil.client.mine({ blocks: 3 })
    t.match(await submitter.advance(call), { state: 'final' })
    t.equal(journal.ofNonce(0).length, 1)
    t.equal(await world.logs(1), 1)
  })
}
