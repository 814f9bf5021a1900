import { setTimeout as delay } from 'node:timers/promises'
import t from 'tap'
import { collectAnswers } from '../../../../gateway/src/proxy/collect-answers.ts'
import type { Collected, Collection, ProxyAnswer } from '../../../../gateway/src/proxy/collect-answers.ts'
import { until } from '../../../helpers/sharing.ts'

const RECORDS = [{ recordId: 'r1', version: 1, wrapHash: 'h1' }, { recordId: 'r2', version: 3, wrapHash: 'h2' }]
const named = RECORDS.map(({ recordId, version }) => ({ recordId, version }))
type Named = (typeof named)[number]
const never = new Promise<never>(() => undefined)

/** What each proxy does: how long it takes, or what it waits for, or that it says nothing, refuses or lies. */
interface Behaviour {
  afterMs?: number,
  after?: Promise<undefined>,
  silent?: boolean,
  refuses?: string,
  lies?: boolean,
  answers?: (typeof RECORDS)[]
  /** Records that it says it does not answer for. */
  refused?: typeof RECORDS
}

async function collect (
  proxies: Record<string, Behaviour>,
  options: Partial<Collection<Named>> = {},
  checked: string[] = []
): Promise<Collected<Named> & { ms: number, aborted: string[] }> {
  const aborted: string[] = []
  const started = performance.now()
  const collected = await collectAnswers({
    proxies: Object.keys(proxies),
    atOnce: Object.keys(proxies).length,
    records: RECORDS,
    threshold: 2,
    compartments: 2,
    ask: async (mspId, signal) => {
      const { afterMs = 0, after, silent = false, refuses, answers = [RECORDS], refused = [] } = proxies[mspId] ?? {}
      signal.addEventListener('abort', () => { aborted.push(mspId) })
      if (silent) return await never
      await (after ?? delay(afterMs))
      if (refuses !== undefined) throw new Error(refuses)
      return {
        answers: answers.map((records) => ({ body: { wrapHashes: records.map((r) => r.wrapHash) } }) as ProxyAnswer['answer']),
        refused: refused.map(({ recordId, version }) => ({ recordId, version, code: 'KFRAG_MISSING', detail: '' }))
      }
    },
    check: ({ mspId }) => {
      checked.push(mspId)
      return Promise.resolve(proxies[mspId]?.lies === true ? 'CFRAG_PROOF_INVALID' : null)
    },
    describe: (mspId, error) => ({ mspId, code: (error as Error).message, detail: '' }),
    graceMs: 100,
    deadlineMs: 1_000,
    ...options
  })
  return { ...collected, ms: performance.now() - started, aborted }
}

const from = ({ answers }: Collected<Named>): string[] => [...new Set(answers.map((a) => a.mspId))].sort()
const failed = ({ failures }: Collected<Named>): [string, string][] => failures.map((f): [string, string] => [f.mspId, f.code]).sort()

t.test('all that answer in time are passed on, without waiting longer', async (t) => {
  const collected = await collect({ a: {}, b: { afterMs: 20 }, c: { afterMs: 40 } })
  t.match(collected, { sufficient: true, failures: [] })
  t.same(from(collected), ['a', 'b', 'c'])
  t.ok(collected.ms < 900)
})

t.test('a silent proxy is waited for only as long as the grace after enough good answers', async (t) => {
  const collected = await collect({ a: {}, b: {}, c: { silent: true } })
  t.match(collected, { sufficient: true, failures: [{ mspId: 'c', code: 'PROXY_SILENT' }] })
  t.ok(collected.ms >= 95 && collected.ms < 900)
  t.ok(collected.aborted.includes('c'), 'its request is given up')
})

t.test('a lying proxy is named, its answer is passed on, and the others suffice', async (t) => {
  const collected = await collect({ a: {}, b: { lies: true }, c: {} })
  t.equal(collected.sufficient, true)
  t.same(from(collected), ['a', 'b', 'c'])
  t.match(collected.failures, [{ mspId: 'b', code: 'CFRAG_PROOF_INVALID', records: named }])
  t.equal(collected.failures.length, 1, 'one answer, one failure')
})

t.test('a false answer that comes late but within the grace is still named', async (t) => {
  const collected = await collect({ a: {}, b: {}, c: { lies: true, afterMs: 40 } })
  t.same(failed(collected), [['c', 'CFRAG_PROOF_INVALID']])
})

t.test('an answer that comes after the grace changes nothing', async (t) => {
  const late = Promise.withResolvers<undefined>()
  const checked: string[] = []
  const collected = await collect({ a: {}, b: {}, c: { lies: true, after: late.promise } }, {}, checked)
  const before = JSON.stringify(collected)
  late.resolve(undefined)
  await until(() => checked.includes('c'))
  // What follows the checks in the same turn has been done by the next one.
  await new Promise((resolve) => { setImmediate(resolve) })
  t.equal(JSON.stringify({ ...collected, aborted: [], ms: 0 }), JSON.stringify({ ...JSON.parse(before) as object, aborted: [], ms: 0 }))
  t.same(failed(collected), [['c', 'PROXY_SILENT']])
})

t.test('too few good answers are too few, however many came', async (t) => {
  const lying = await collect({ a: {}, b: { lies: true }, c: { lies: true } })
  t.equal(lying.sufficient, false)
  t.equal(lying.answers.length, 3)
  const refusing = await collect({ a: {}, b: { refuses: 'KFRAG_MISSING' }, c: { refuses: 'PEER_UNAVAILABLE' } })
  t.equal(refusing.sufficient, false)
  t.same(failed(refusing), [['b', 'KFRAG_MISSING'], ['c', 'PEER_UNAVAILABLE']])
  t.ok(refusing.ms < 900, 'once all have answered nobody is waited for')
})

t.test('the deadline ends a collection that never gets enough', async (t) => {
  const collected = await collect({ a: {}, b: { silent: true }, c: { silent: true } }, { deadlineMs: 150 })
  t.equal(collected.sufficient, false)
  t.same(failed(collected), [['b', 'PROXY_SILENT'], ['c', 'PROXY_SILENT']])
})

t.test('every record needs enough good answers', async (t) => {
  const collected = await collect({ a: {}, b: { answers: [RECORDS.slice(0, 1)] }, c: { refuses: 'NOT_READY' } })
  t.equal(collected.sufficient, false)
  t.same(failed(collected), [['b', 'ANSWER_MISSING'], ['c', 'NOT_READY']])
  t.match(collected.failures.find((f) => f.mspId === 'b'), { records: named.slice(1) })
})

t.test('a record that a proxy refuses is refused with its reason, and the others count', async (t) => {
  const [first, second] = [RECORDS.slice(0, 1), RECORDS.slice(1)]
  const collected = await collect({ a: {}, b: { answers: [first], refused: second }, c: { answers: [second] } })
  t.equal(collected.sufficient, true, 'two for each record')
  t.match(collected.failures.find((f) => f.mspId === 'b'), { code: 'KFRAG_MISSING', records: named.slice(1) })
  t.match(collected.failures.find((f) => f.mspId === 'c'), { code: 'ANSWER_MISSING', records: named.slice(0, 1) })
  t.equal(collected.failures.length, 2)
})

t.test('answers for two compartments count each for its records', async (t) => {
  const [one = [], two = []] = RECORDS.map((record) => [record])
  t.match(await collect({ a: { answers: [one, two] }, b: { answers: [two, one] } }), { sufficient: true, failures: [] })
})

t.test('only as many as are needed are asked, and the next for each that gives not all', async (t) => {
  const drawn = await collect({ a: {}, b: { afterMs: 20 }, c: {}, d: {} }, { atOnce: 2 })
  t.same([from(drawn), drawn.sufficient, drawn.failures], [['a', 'b'], true, []])
  const refused = await collect({ a: {}, b: { refuses: 'KFRAG_MISSING' }, c: { refuses: 'NOT_READY' }, d: { afterMs: 20 }, e: {} }, { atOnce: 2 })
  t.same([from(refused), refused.sufficient], [['a', 'd'], true], 'and no more')
  t.same(failed(refused), [['b', 'KFRAG_MISSING'], ['c', 'NOT_READY']])
  const lied = await collect({ a: { lies: true }, b: {}, c: {} }, { atOnce: 2 })
  t.same([from(lied), lied.sufficient, failed(lied)], [['a', 'b', 'c'], true, [['a', 'CFRAG_PROOF_INVALID']]])
  const partly = await collect({ a: { answers: [RECORDS.slice(0, 1)] }, b: {}, c: {} }, { atOnce: 2 })
  t.same([from(partly), partly.sufficient, failed(partly)], [['a', 'b', 'c'], true, [['a', 'ANSWER_MISSING']]])
  const none = await collect({ a: { refuses: 'NOT_READY' }, b: { refuses: 'NOT_READY' }, c: { refuses: 'NOT_READY' } }, { atOnce: 2 })
  t.same([none.sufficient, none.failures.length], [false, 3], 'each is asked once')
  t.ok(none.ms < 900)
})

t.test('one that says nothing is not waited for alone: after the grace the next is asked in its place', async (t) => {
  const collected = await collect({ a: { silent: true }, b: {}, c: {}, d: {} }, { atOnce: 2 })
  t.same([from(collected), collected.sufficient], [['b', 'c'], true])
  t.same(failed(collected), [['a', 'PROXY_SILENT']])
  t.ok(collected.ms < 900 && collected.aborted.includes('a'))
  const silent = await collect({ a: { silent: true }, b: { silent: true }, c: {}, d: { silent: true }, e: {} }, { atOnce: 2 })
  t.same([from(silent), silent.sufficient, failed(silent).map(([mspId]) => mspId)], [['c', 'e'], true, ['a', 'b', 'd']], 'and again')
})

t.test('answers beyond one for each compartment are not judged, however few wraps each has', async (t) => {
  const checked: string[] = []
  const [one = [], two = []] = RECORDS.map((record) => [record])
  const collected = await collect({ a: { answers: [one, two] }, b: {}, c: {} }, { compartments: 1 }, checked)
  t.equal(checked.filter((mspId) => mspId === 'a').length, 1)
  t.same(failed(collected), [['a', 'ANSWERS_TOO_MANY'], ['a', 'ANSWER_MISSING']])
})

t.test('one proxy that answers twice counts once', async (t) => {
  const collected = await collect({ a: { answers: [RECORDS, RECORDS] }, b: { refuses: 'NOT_READY' } })
  t.equal(collected.sufficient, false)
})

t.test('of a proxy that sends more than it was asked, no more is judged than of the others', async (t) => {
  const checked: string[] = []
  const flood = Array.from({ length: 64 }, () => RECORDS)
  const collected = await collect({ a: { answers: flood, lies: true }, b: {}, c: {} }, {}, checked)
  t.equal(checked.filter((mspId) => mspId === 'a').length, 1)
  t.equal(collected.sufficient, true)
  t.same(failed(collected), [['a', 'ANSWERS_TOO_MANY'], ['a', 'CFRAG_PROOF_INVALID']], 'what was judged still counts against it')
})
