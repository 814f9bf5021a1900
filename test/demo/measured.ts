import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Cast } from '../helpers/cast.ts'
import type { Timeline } from './timeline.ts'

const MINUTE_MS = 60_000

interface Home { timeline: Timeline, cast: Cast, folder: string }

/** A device of the patient measures three minutes of heart rates, and the patient reads them, proven whole and on the ledger. */
export async function measureAtHome ({ timeline, cast: { patient }, folder }: Home): Promise<void> {
  await timeline.step('measured', async () => {
    const at = (name: string): string => join(folder, name)
    const [device, offer, pass, file] = [at('pulse'), at('offer.json'), at('pass.json'), at('pulse.jsonl')]
    await patient.must(['device', 'init', device, '--name', 'pulse', '--kind', 'heart-rate', '--out', offer])
    await patient.must(['device', 'add', offer, '--category', 'vital-signs', '--days', '7', '--out', pass, '--yes'])
    await patient.must(['device', 'join', device, '--pass', pass])
    const kind = { system: 'http://loinc.org', code: '8867-4' }
    const values = Array.from({ length: 180 }, (_, second) => 60 + second % 9)
    await writeFile(file, `${JSON.stringify({ kind, unit: '/min', startMs: Date.now() - 3 * MINUTE_MS, periodMs: 1000, values })}\n`)
    const { json: sent } = await patient.must(['device', 'run', device, '--file', file, '--once'])
    const { json: read } = await patient.must(['stream', 'show', String(sent['stream'])])
    const grades = read['grades'] as Record<string, unknown>
    const [measured] = read['series'] as Array<Record<string, unknown>>
    const isWhole = measured?.['values'] === values.length && (read['gaps'] as unknown[]).length === 0
    const ok = isWhole && grades['on-ledger'] === 3 && grades['stored'] === 0
    return { ok, who: 'the patient\'s device, patient', what: `${values.length} heart rates in 3 windows, sealed at home, read whole and in order` }
  })
}
