import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import t from 'tap'
import { KINDS } from '@epione/signals'
import { drawSvg, drawTerminal } from '@epione/signals/charts'
import { renderPng } from '@epione/signals/png'
import type { Series } from '@epione/protocol/streams'
import { codeOf, loadTrace, START_MS } from './fixtures.ts'

const rate: Series = { kind: KINDS.heartRate, unit: '/min', startMs: START_MS, periodMs: 60_000, values: [60, 62, null, 70, 65] }
const trace = { ...loadTrace('smart-ring-ppg.csv'), kind: KINDS.pulseWave }
const paths = (svg: string): string[] => [...svg.matchAll(/<path d="([^"]*)"/g)].map(([, path = '']) => path)

t.test('a chart for a terminal has a title, a scale, the time, and no line longer than asked', (t) => {
  const chart = drawTerminal([rate, trace], { width: 60, height: 6 })
  const lines = chart.split('\n')
  t.equal(lines[0], 'Heart rate (/min), 1 of 5 values missing')
  t.match(lines[7], /^ {11}2026-11-29 08:00:00 +2026-11-29 08:47:54 UTC$/)
  t.ok(lines.filter((line) => /[\u2801-\u28FF]/.test(line)).length >= 6, 'it has dots')
  t.ok(lines.every((line) => line.length <= 64), 'width, and the word UTC')
  t.match(drawTerminal([{ ...rate, values: [60, 60] }]), /\u28C0|\u2812|\u2824|\u2809/, 'one level is a line')
  t.match(drawTerminal([{ ...rate, values: [null] }]), /1 of 1 values missing\n +2026/, 'no value is no fault')
  t.equal(codeOf(() => drawTerminal([])), 'SERIES_INVALID')
  t.end()
})

t.test('a chart as SVG breaks at gaps, keeps the peaks of what is dense, and says nothing that is markup', (t) => {
  t.equal(paths(drawSvg([rate]))[0]?.match(/M/g)?.length, 2, 'two strokes around a gap')
  const spike = { ...trace, values: [...trace.values.slice(9_000, 20_000), 99_999, ...trace.values.slice(20_000, 30_000)] }
  const [line = ''] = paths(drawSvg([spike], { width: 400 }))
  t.ok(line.length < 20_000, `${line.length} characters for 21,001 values`)
  const heights = [...line.matchAll(/[ML][\d.]+,([\d.]+)/g)].map(([, y]) => Number(y))
  t.ok(Math.min(...heights) < 40, 'one value of 21,001 is drawn at the top')
  const hostile = drawSvg([{ ...rate, kind: { ...rate.kind, display: '</text><script>alert(1)</script>&\u0000' } }], { title: '"<' })
  t.notMatch(hostile, /<script/)
  t.match(hostile, /&lt;script&gt;alert\(1\)&lt;\/script&gt;&amp;\?/)
  t.equal(codeOf(() => drawSvg([{ ...rate, values: [Infinity] }])), 'SERIES_INVALID')
  t.equal(paths(drawSvg([rate, { ...trace, unit: 'mV' }])).length, 2)
  t.end()
})

t.test('a window that is missing breaks the line', (t) => {
  const parts = { ...rate, periodMs: undefined, offsetsMs: [0, 1_000, 2_000, 90_000, 91_000], values: [60, 61, 62, 63, 64] }
  const { periodMs, ...uneven } = parts
  t.equal(paths(drawSvg([uneven]))[0]?.match(/M/g)?.length, 2)
  t.equal(periodMs, undefined)
  t.end()
})

t.test('a chart becomes a PNG with its words, the same each time; an engine that is none is refused and then forgotten', async (t) => {
  const svg = drawSvg([rate], { width: 480, panelHeight: 200, title: 'Rest' })
  await t.rejects(renderPng(svg, new Uint8Array(8)), { name: 'TypeError', message: /engine/ })
  const engine = readFileSync(createRequire(import.meta.url).resolve('@resvg/resvg-wasm/index_bg.wasm'))
  const png = await renderPng(svg, engine)
  t.strictSame([...png.subarray(0, 8)], [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A])
  const view = new DataView(png.buffer, png.byteOffset)
  t.strictSame([view.getUint32(16), view.getUint32(20)], [480, 228])
  t.strictSame(await renderPng(svg, engine), png)
  t.ok(png.length > (await renderPng(svg.replaceAll(/<text.*<\/text>/g, ''), engine)).length + 1_000, 'words are drawn')
})
