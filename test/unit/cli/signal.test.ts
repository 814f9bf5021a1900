import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import t from 'tap'
import { epione, runProgram } from '../../helpers/client/cli.ts'
import { DATA, DESCRIPTIONS } from '../signals/fixtures.ts'

const dir = t.testdir({})
const file = (name: string, text: string): string => {
  const path = join(dir, name)
  writeFileSync(path, text)
  return path
}
const RING = join(DATA, 'biofeedback', 'smart-ring-ppg.csv')
const PULSE = join(DATA, 'biofeedback', 'heartpy-data.csv')
const described = file('pulse.description', DESCRIPTIONS['heartpy-data.csv'] ?? '')
const ring = file('ring.description', DESCRIPTIONS['smart-ring-ppg.csv'] ?? '')

t.test('a trace goes through every format and comes out as it went in', async (t) => {
  const [fhir, edf, csv, lines] = ['p.json', 'p.edf', 'p.csv', 'p.jsonl'].map((name) => join(dir, name)) as [string, string, string, string]
  for (const [from, as, to] of [[PULSE, 'fhir', fhir], [fhir, 'edf', edf], [edf, 'csv', csv], [csv, 'lines', lines]] as const) {
    const answer = await epione(['signal', 'convert', from, '--as', as, '--out', to, ...(from === PULSE ? ['--describe', described] : []), '--json'])
    t.equal(answer.exitCode, 0, answer.stdout)
  }
  const series = JSON.parse(readFileSync(lines, 'utf8')) as { values: number[], periodMs: number }
  t.equal(series.periodMs, 10)
  t.strictSame(series.values, readFileSync(PULSE, 'utf8').trim().split('\n').map(Number))
  t.match((await epione(['signal', 'convert', lines, '--as', 'edf', '--out', edf, '--json'])).json, { error: { code: 'FILE_EXISTS' } })
  t.equal((await epione(['signal', 'convert', lines, '--as', 'edf', '--out', edf, '--force', '--json'])).exitCode, 0)
})

t.test('what does not validate is refused with line and column, and what a format cannot say by its reason', async (t) => {
  const bad = file('bad.json', '{\n  "heart_rate": { "value": 60, "unit": "beat/min" },\n  "effective_time_frame": { "date_time": "2026-11-29T08:00:00Z" }\n}\n')
  const answer = await epione(['signal', 'convert', bad, '--as', 'fhir', '--out', join(dir, 'never.json'), '--json'])
  t.match(answer, { exitCode: 2, json: { error: { code: 'MEASUREMENTS_INVALID', reason: 'FORMAT_INVALID', line: 2, column: 40 } } })
  const out = join(dir, 'never.json')
  const wave = await epione(['signal', 'convert', PULSE, '--describe', described, '--as', 'omh', '--out', out, '--json'])
  t.match(wave.json, { error: { code: 'MEASUREMENTS_INVALID', reason: 'NOT_EXPRESSIBLE' } })
  t.match((await epione(['signal', 'plot', file('x.bin', 'x'), '--json'])).json, { error: { code: 'USAGE' } })
  t.match((await epione(['signal', 'plot', join(dir, 'none.csv'), '--json'])).json, { error: { code: 'FILE_UNREADABLE' } })
  t.match((await epione(['signal', 'convert', PULSE, '--as', 'pdf', '--out', out, '--json'])).json, { error: { code: 'USAGE' } })
  t.match((await epione(['signal', 'plot', file('bad.jsonl', '\n{"a": 1}\n'), '--json'])).json, { error: { reason: 'FORMAT_INVALID', line: 2 } })
})

t.test('a heart is measured as HeartPy does', async (t) => {
  const { json } = await epione(['signal', 'heart', PULSE, '--describe', described, '--json'])
  const [trace] = json['traces'] as Array<{ heartRate: number, rmssdMs: number, beats: number }>
  t.ok(Math.abs((trace?.heartRate ?? 0) - 58.8988) < 0.001 && Math.abs((trace?.rmssdMs ?? 0) - 64.7372) < 0.001, JSON.stringify(trace))
  t.equal(trace?.beats, 24)
  t.match((await epione(['signal', 'heart', PULSE, '--describe', described, '--band', 'low', '--json'])).json, { error: { code: 'USAGE' } })
  const flat = file('flat.csv', `${DESCRIPTIONS['heartpy-data.csv'] ?? ''}${'5\n'.repeat(2_000)}`)
  t.match((await epione(['signal', 'heart', flat, '--json'])).json, { error: { code: 'MEASUREMENTS_INVALID', reason: 'NO_BEATS' } })
})

t.test('charts: dots on a terminal, a file as SVG or PNG, of what was summed up too', async (t) => {
  const { stdout } = await epione(['signal', 'plot', RING, '--describe', ring, '--by', 'minute', '--width', '70'])
  t.match(stdout, /150452, minimum \(1\)/)
  t.match(stdout, /[\u2801-\u28FF]/)
  const [svg, png] = [join(dir, 'c.svg'), join(dir, 'c.png')]
  t.equal(runProgram(['signal', 'plot', PULSE, '--describe', described, '--svg', svg, '--png', png, '--title', 'Pulse']).status, 0, 'the bundle finds the engine')
  t.match(readFileSync(svg, 'utf8'), /^<svg/)
  t.equal(readFileSync(png).subarray(1, 4).toString(), 'PNG')
})

t.test('rules are tried on a file', async (t) => {
  const rule = {
    type: 'threshold', name: 'High', kind: { system: 'urn:iso:std:iso:11073:10101', code: '150452' }, above: 700, forMs: 0, severity: 'low', silentMs: 600_000, text: 'High'
  }
  const rules = file('rules.json', JSON.stringify({ format: 'epione/rules/1', rules: [rule] }))
  const { json } = await epione(['signal', 'check', PULSE, '--describe', described, '--rules', rules, '--json'])
  t.match(json, { alarms: [{ rule: 'High', severity: 'low' }] })
  const poor = { ...rule, above: undefined, name: 'Signal', below: 0.5, silentMs: 0, figure: { of: 'quality', overMs: 20_000, bandHz: [0.8, 2.5] } }
  const figures = file('figures.json', JSON.stringify({ format: 'epione/rules/1', rules: [poor] }))
  const live = await epione(['signal', 'check', RING, '--describe', ring, '--rules', figures, '--json'])
  t.ok((live.json['alarms'] as object[]).length > 3, 'figures are made as windows would bring them')
  const wrong = file('wrong.json', JSON.stringify({ format: 'epione/rules/1', rules: [{ ...rule, above: 'high' }] }))
  t.match((await epione(['signal', 'check', PULSE, '--describe', described, '--rules', wrong, '--json'])).json, { error: { reason: 'RULES_INVALID' } })
  t.match((await epione(['signal', 'check', PULSE, '--describe', described, '--rules', described, '--json'])).json, { error: { reason: 'RULES_INVALID' } })
})
