import t from 'tap'
import { Intake, PushServer, readPushToken, takeLines } from '@epione/device'
import type { Series } from '@epione/protocol/streams'
import { ClientError } from '@epione/sdk'
import type { ClockMark } from '@epione/sdk'
import { join } from 'node:path'

const RATE = { system: 'http://loinc.org', code: '8867-4', unit: '/min' }
const SATURATION = { system: 'http://loinc.org', code: '59408-5', unit: '%' }
const { unit: _, ...kind } = RATE

const SET = { originMs: 0, isSet: true }

interface Sealed { by: string, series: readonly Series[] }

function intakeOf (windowMs = 10_000): { intake: Intake, sealed: Sealed[], clock: { now: number, isFull: boolean } } {
  const [sealed, clock] = [[] as Sealed[], { now: 1000, isFull: false }]
  const seal = async (series: readonly Series[], by: string): Promise<void> => {
    if (clock.isFull) throw new ClientError('DISK_FULL', 'full')
    sealed.push({ by, series })
    await Promise.resolve()
  }
  return { intake: new Intake({ kinds: [RATE, SATURATION], windowMs }, seal, { now: () => clock.now, mark: () => SET }), sealed, clock }
}

t.test('samples wait for their window to end, each at the time it came', async (t) => {
  const { intake, sealed, clock } = intakeOf()
  await intake.take({ code: '8867-4', value: 61 })
  clock.now = 2500
  await intake.take({ code: '59408-5', value: 98 })
  clock.now = 9000
  await intake.take({ code: '8867-4', value: null })
  await intake.close()
  t.strictSame(sealed, [], 'not over yet')
  t.equal(intake.endsAt, 11_000)
  clock.now = 11_000
  await intake.close()
  t.strictSame(sealed, [{
    by: 'device',
    series: [
      { kind, unit: '/min', startMs: 1000, offsetsMs: [0, 8000], values: [61, null] },
      { kind: { system: SATURATION.system, code: SATURATION.code }, unit: '%', startMs: 2500, offsetsMs: [0], values: [98] }
    ]
  }])
  t.equal(intake.endsAt, undefined)
})

t.test('a sample with a time of its own is of its source, in windows of those times', async (t) => {
  const { intake, sealed } = intakeOf()
  for (const time of ['2026-11-29T10:00:00Z', '2026-11-29T10:00:09.5+00:00', Date.UTC(2026, 10, 29, 10, 0, 10)]) {
    await intake.take({ code: '8867-4', value: 60, time })
  }
  await intake.close({ force: true })
  t.strictSame(sealed.map(({ by, series }) => [by, series[0]?.values.length]), [['source', 2], ['source', 1]])
  t.equal(sealed[0]?.series[0]?.startMs, Date.UTC(2026, 10, 29, 10))
})

t.test('a window ends where the clock is set in the middle: what was told before is corrected alone', async (t) => {
  const sealed: Array<{ series: readonly Series[], mark: ClockMark }> = []
  const clock = { now: 1000, mark: { originMs: 0, isSet: false } }
  const intake = new Intake({ kinds: [RATE], windowMs: 60_000 }, async (series, _by, mark) => {
    sealed.push({ series, mark })
    await Promise.resolve()
  }, { now: () => clock.now, mark: () => clock.mark })
  await intake.take({ code: '8867-4', value: 60 })
  // It was ten seconds behind: both values would be of one window, and both be moved.
  Object.assign(clock, { now: 12_000, mark: { originMs: 10_000, isSet: true } })
  await intake.take({ code: '8867-4', value: 61 })
  t.strictSame(sealed, [
    { series: [{ kind, unit: '/min', startMs: 1000, offsetsMs: [0], values: [60] }], mark: { originMs: 0, isSet: false } }
  ])
  await intake.close({ force: true })
  t.match(sealed[1], { series: [{ startMs: 12_000, values: [61] }], mark: { isSet: true } })
})

t.test('what a clock that was far ahead left open is sealed once that is set', async (t) => {
  const sealed: Array<readonly Series[]> = []
  const clock = { now: 9_000_000, mark: { originMs: 9_000_000, isSet: false } }
  const intake = new Intake({ kinds: [RATE], windowMs: 60_000 }, async (series) => { sealed.push(series); await Promise.resolve() }, {
    now: () => clock.now, mark: () => clock.mark
  })
  await intake.take({ code: '8867-4', value: 60 })
  await intake.take({ kind, unit: '/min', startMs: 500, periodMs: 1000, values: [1, 2] })
  await intake.close()
  t.strictSame(sealed, [])
  Object.assign(clock, { now: 1000, mark: { originMs: 0, isSet: true } })
  await intake.close()
  t.equal(sealed.length, 2)
})

t.test('a series is cut into windows and sealed at once', async (t) => {
  const { intake, sealed } = intakeOf()
  await intake.take({ kind, unit: '/min', startMs: 0, periodMs: 1000, values: Array.from({ length: 25 }, (_, i) => i) })
  t.strictSame(sealed.map(({ series }) => series[0]?.values.length), [10, 10, 5])
})

t.test('series that are shorter than a window wait for it, and are one where they go on from one another', async (t) => {
  const { intake, sealed, clock } = intakeOf()
  const second = (i: number): Series => ({ kind, unit: '/min', startMs: 500_000 + i * 1000, periodMs: 250, values: [i, i, null, i] })
  for (let i = 0; i < 12; i++) await intake.take(second(i))
  t.strictSame(sealed.map(({ by, series }) => [by, series.length, series[0]?.values.length]), [['source', 1, 40]])
  t.equal(sealed[0]?.series[0]?.periodMs, 250, 'evenly spaced as they came')
  t.equal(intake.endsAt, 11_000)
  clock.now = 11_000
  await intake.close()
  t.strictSame(sealed.at(-1)?.series.map(({ startMs, values }) => [startMs, values.length]), [[510_000, 8]], 'when its time has come')
  await intake.take(second(20))
  await intake.take(second(3))
  await intake.take({ ...second(5), startMs: 504_700 })
  await intake.close({ force: true })
  t.strictSame(sealed.slice(2).map(({ series }) => series.map(({ startMs }) => startMs)), [[520_000], [503_000, 504_700]], 'back in time, and a gap')
  await intake.take(second(0))
  await intake.take({ kind, unit: '/min', startMs: 600_000, periodMs: 1000, values: Array.from({ length: 10 }, (_, i) => i) })
  t.strictSame(sealed.slice(4).map(({ series }) => series[0]?.startMs), [500_000, 600_000], 'one of a window and more lets none wait behind it')
})

t.test('what is no measurement of the device is refused with its line', async (t) => {
  const bad: [string, RegExp][] = [
    ['{', /Line 2/], ['{"code":"1","value":1}', /does not measure/], ['{"code":"8867-4"}', /neither/], ['[1]', /neither/],
    ['{"code":"8867-4","value":"61"}', /neither/], ['{"code":"8867-4","value":1,"time":"2026-11-29T10:00:00"}', /zone/],
    ['{"code":"8867-4","value":1,"time":"noon"}', /time/],
    [JSON.stringify({ kind: { ...kind, code: 'x' }, unit: '1', startMs: 0, periodMs: 1, values: [1] }), /does not measure/],
    [JSON.stringify({ kind, unit: '1', startMs: 0, values: [1] }), /exactly one/]
  ]
  for (const [line, message] of bad) {
    const { intake } = intakeOf()
    await t.rejects(takeLines(intake, ['{"code":"8867-4","value":61}', line], () => undefined), { code: 'USAGE', message, details: { line: 2 } }, line)
  }
  const { intake } = intakeOf()
  t.equal(await takeLines(intake, ['', '{"code":"8867-4","value":61}', '  ', '{"code":"8867-4","value":62}'], () => undefined), 2)
})

t.test('a push shows the token, and is told what became of it', async (t) => {
  const { intake, sealed, clock } = intakeOf()
  const path = join(t.testdir(), 'push.token')
  const token = await readPushToken(path)
  t.equal(await readPushToken(path), token, 'made once')
  const server = await PushServer.start(intake, token, 0)
  t.teardown(async () => await server.close())
  const post = async (body: string, shown = token, way = '/samples'): Promise<[number, { code?: string, taken?: number, line?: number }]> => {
    const answer = await fetch(`http://127.0.0.1:${server.port}${way}`, { method: 'POST', body, headers: { authorization: `Bearer ${shown}` } })
    return [answer.status, await answer.json() as object]
  }
  t.strictSame(await post('{"code":"8867-4","value":61}\n{"code":"8867-4","value":62}'), [202, { taken: 2 }])
  t.match(await post('{"code":"8867-4","value":61}', 'ab'.repeat(32)), [401, { code: 'TOKEN_REQUIRED' }])
  t.match(await post('{"code":"8867-4","value":61}', token, '/other'), [404, { code: 'NOT_FOUND' }])
  t.match(await post('{"code":"8867-4","value":61}\nnonsense'), [400, { code: 'USAGE', line: 2 }])
  t.match(await post(' '.repeat(1_048_577)), [413, { code: 'TOO_LARGE' }])
  clock.isFull = true
  t.match(await post(JSON.stringify({ kind, unit: '/min', startMs: 0, periodMs: 10_000, values: [1] })), [507, { code: 'DISK_FULL' }])
  await t.rejects(intake.close({ force: true }), { code: 'DISK_FULL' })
  t.strictSame(sealed, [])
})

t.test('measurements of two inputs at once come one after the other, also while a window is being written', async (t) => {
  const [sealed, gate] = [[] as (readonly Series[])[], Promise.withResolvers<undefined>()]
  const clock = { now: 1000 }
  const intake = new Intake({ kinds: [RATE], windowMs: 10_000 }, async (series) => {
    await gate.promise
    sealed.push(series)
  }, { now: () => clock.now, mark: () => SET })
  await intake.take({ code: '8867-4', value: 60 })
  clock.now = 12_000
  const first = intake.take({ code: '8867-4', value: 61 })
  clock.now = 12_500
  const second = intake.take({ code: '8867-4', value: 62 })
  gate.resolve(undefined)
  await Promise.all([first, second])
  await intake.close({ force: true })
  t.strictSame(sealed.flat(), [
    { kind, unit: '/min', startMs: 1000, offsetsMs: [0], values: [60] },
    { kind, unit: '/min', startMs: 12_000, offsetsMs: [0, 500], values: [61, 62] }
  ])
})

t.test('a sample that ends a window while the disk is full is in the next one', async (t) => {
  const { intake, sealed, clock } = intakeOf()
  const told: ClientError[] = []
  const line = (value: number): string => JSON.stringify({ code: '8867-4', value })
  await intake.take({ code: '8867-4', value: 60 })
  Object.assign(clock, { now: 12_000, isFull: true })
  t.equal(await takeLines(intake, [line(61), line(62)], (error) => { told.push(error) }), 2, 'all lines are taken')
  t.match(told, [{ code: 'DISK_FULL' }])
  clock.isFull = false
  await intake.close({ force: true })
  t.strictSame(sealed.flatMap(({ series }) => series[0]?.values), [61, 62])
})
