import Fastify from 'fastify'
import fp from 'fastify-plugin'
import t from 'tap'
import { activateKeysPlugin } from '../../../gateway/src/patients/activate-keys-plugin.ts'

t.test('work whose time came is left to be done again when the clock is set back, and not forgotten', async (t) => {
  const app = Fastify()
  t.teardown(() => app.close())
  const [patientId, id, activeFrom] = ['p', 'change', 1_000]
  const added: object[] = []
  let now = 900
  let activated = 0
  let work: ((payload: unknown, item: { id: string }) => Promise<void>) | undefined
  const ledger = {
    getDirectory: async () => await Promise.resolve({ pending: { directory: { id }, activeFrom } }),
    activateDirectory: async () => { activated += await Promise.resolve(1) }
  }
  const parts: Record<string, object> = {
    ports: { clock: () => now },
    ledger: { gateway: ledger },
    events: { project: () => undefined, onEvent: () => undefined },
    outbox: {
      handle: (_kind: string, handler: typeof work) => { work = handler },
      add: async (one: { kind: string, key: string }) => {
        added.push(one)
        return await Promise.resolve(`${one.kind}/${one.key}`)
      }
    }
  }
  for (const [name, part] of Object.entries(parts)) {
    await app.register(fp((inner, _options, done) => {
      inner.decorate(name, part)
      done()
    }, { name }))
  }
  await app.register(activateKeysPlugin)
  const run = async (name: string): Promise<void> => { await work?.({ patientId }, { id: name }) }
  await run(`activate-keys/${id}`)
  t.match(added, [{ key: `${id}/1000`, dueAt: 1_000 }], 'the first look leaves it for when it is due')
  await t.rejects(run(`activate-keys/${id}/1000`), { code: 'NOT_READY' }, 'the clock was set back since')
  t.equal(activated, 0)
  now = 1_000
  await run(`activate-keys/${id}/1000`)
  t.equal(activated, 1)
})
