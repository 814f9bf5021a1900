import { cp, rm } from 'node:fs/promises'
import t from 'tap'
import type { LedgerConnection } from '@epione/ledger/fabric'
import { LyingPeers, READER_MSP, Sharing, until } from '../../../helpers/sharing.ts'

/* A hospital that puts back an old backup of its database and its data: what ended since stays ended (invariant I6). */

const RESTORED = 'Regional2MSP'

/** Peers whose blocks can be held back; what the state shows of a consent knows of no revocation meanwhile. */
class HeldBlocks extends LyingPeers {
  #hold: Promise<void> = Promise.resolve()

  /** From now on; returns what lets them go. */
  hold (): () => void {
    const { promise, resolve } = Promise.withResolvers<undefined>()
    this.#hold = promise
    this.state = (transaction, value) => {
      if (transaction !== 'Consents:Get' || typeof value !== 'object' || value === null) return undefined
      const { revocation: _revocation, ...shown } = value as Record<string, unknown>
      return shown
    }
    return () => {
      this.state = () => undefined
      resolve(undefined)
    }
  }

  override ports (...args: Parameters<LyingPeers['ports']>): ReturnType<LyingPeers['ports']> {
    const ports = super.ports(...args)
    const { connectLedger } = ports
    const held = this.#wait.bind(this)
    return {
      ...ports,
      connectLedger: (journal) => {
        const connection = connectLedger(journal)
        const blocks: LedgerConnection['blocks'] = async function * (from, signal) {
          await held()
          yield * connection.blocks(from, signal)
        }
        return { ...connection, blocks }
      }
    }
  }

  async #wait (): Promise<void> {
    await this.#hold
  }
}

t.test('a store out of an old backup is not ready, and releases nothing, until it has read what ended since', async (t) => {
  const peers = new HeldBlocks()
  const sharing = await Sharing.create(t, { special: (mspId, consortium) => mspId === RESTORED ? { ports: peers.ports(consortium) } : {} })
  const [consentId, lasting] = [await sharing.activate(), await sharing.activate()]
  const { config: { dataDir } } = sharing.of(RESTORED)
  const backup = `${dataDir}.backup`
  await sharing.of(RESTORED).close()
  await cp(dataDir, backup, { recursive: true })
  await sharing.start(RESTORED)
  const eventId = await sharing.permit(consentId)
  await sharing.revoke(consentId)
  const held = async (): Promise<string[]> => await sharing.of(RESTORED).app.proxy.context.vault.listKfragIds(consentId)
  await until(async () => (await held()).length === 0)
  await sharing.of(RESTORED).close()
  await rm(dataDir, { recursive: true })
  await cp(backup, dataDir, { recursive: true })
  t.teardown(() => rm(backup, { recursive: true, force: true }))

  const letGo = peers.hold()
  const former = sharing.of(RESTORED)
  const starting = sharing.start(RESTORED)
  await until(() => sharing.of(RESTORED) !== former)
  const { app } = sharing.of(RESTORED)
  t.equal((await held()).length, 1, 'the backup has it')
  const ask = async (event: string): Promise<unknown> => await app.proxy.answerEvent(event, READER_MSP, [
    { recordId: sharing.record.recordId, version: 1, wrap: Buffer.from(sharing.record.wrap).toString('hex') }
  ]).catch((error: unknown) => error)
  t.match(await ask(eventId), { code: 'NOT_READY' })
  t.match((await app.inject('/health/ready')).json(), { status: 'not-ready', checks: { reconciled: 'failing' } })
  letGo()
  await starting
  t.same(await held(), [])
  t.equal(await app.proxy.endings.isEnded(sharing.patient.patientId, consentId), true, 'remembered again')
  t.match(await ask(eventId), { code: /CONSENT_ENDED|DECISION_MISMATCH/ })
  t.match((await app.inject('/health/ready')).json(), { checks: { reconciled: 'ok' } })
  const { status, body } = await sharing.collect(await sharing.permit(lasting))
  t.equal(status, 200)
  t.ok(body.answers.some(({ mspId }) => mspId === RESTORED), 'what did not end is as before')
})
