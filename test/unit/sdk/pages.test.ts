import t from 'tap'
import type { ClientContext } from '@epione/sdk'
import type { VerifiedDirectory } from '@epione/protocol/verify'
import { pagesOf, readPages } from '../../../sdk/dist/gateways/pages.js'
import type { GatewayApi } from '../../../sdk/dist/gateways/gateway-api.js'
import { readIssues, readNewestIssues } from '../../../sdk/dist/search/search-keys.js'

const ENDLESS = { code: 'ANSWER_MALFORMED', message: /does not end/ }
const LIST: Record<string, { items: number[], next?: string }> = { first: { items: [1, 2], next: 'b' }, b: { items: [], next: 'c' }, c: { items: [3], next: '' } }
const ask = async (cursor = 'first'): Promise<{ items: number[], next?: string }> => await Promise.resolve(LIST[cursor] ?? { items: [] })

t.test('a list is read to its end, or as far as it is wanted', async (t) => {
  t.same(await readPages(ask), [1, 2, 3])
  t.same(await readPages(ask, 1), [1])
  const pages = []
  for await (const page of pagesOf(ask)) pages.push(page)
  t.same(pages, Object.values(LIST))
})

t.test('a gateway that never ends a list is refused, of whatever kind the list is', async (t) => {
  const endless = { items: [], statements: [], next: 'more' }
  await t.rejects(readPages(async () => await Promise.resolve(endless)), ENDLESS)
  const gateway = { info: { mspId: 'CoreMSP' }, search: { listKeys: async () => await Promise.resolve(endless) } } as unknown as GatewayApi
  const [context, directory] = [{ networkId: new Uint8Array(32) } as ClientContext, { patientId: 'a'.repeat(64) } as VerifiedDirectory]
  await t.rejects(readNewestIssues(context, directory, gateway), ENDLESS)
  await t.rejects(readIssues(context, directory, { label: 'b'.repeat(32), epoch: 1 }, gateway), ENDLESS)
})
