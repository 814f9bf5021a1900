import t from 'tap'
import { findWraps } from '../../../../gateway/src/access/collect-cfrags.ts'
import { GatewayError } from '../../../../gateway/src/errors.ts'

const never = new Promise<never>(() => undefined)
const records = ['a', 'b', 'c'].map((recordId) => ({ recordId, version: 1 }))
const find = (found: Record<string, Promise<string>>) => async ({ recordId }: { recordId: string }): Promise<string> =>
  await (found[recordId] ?? never)
const lost = (): Promise<never> => Promise.reject(new GatewayError('CONTENT_UNAVAILABLE', 'nobody has it'))

t.test('a wrap over which a store stalls, or that nobody has, keeps no other back', async (t) => {
  t.same(await findWraps(records, find({ a: Promise.resolve('00'), b: lost() }), 50), {
    wraps: [{ recordId: 'a', version: 1, wrap: '00' }],
    missing: [
      { recordId: 'b', version: 1, code: 'CONTENT_UNAVAILABLE', detail: 'nobody has it' },
      { recordId: 'c', version: 1, code: 'CONTENT_UNAVAILABLE', detail: 'its wrap did not come in time' }
    ]
  })
})

t.test('without any, why is said', async (t) => {
  await t.rejects(findWraps(records, find({ a: lost(), b: lost() }), 50), { code: 'CONTENT_UNAVAILABLE' })
})
