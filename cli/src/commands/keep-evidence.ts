import { join } from 'node:path'
import type { EvidenceMaterial } from '@epione/sdk'
import { replaceFile } from '../files.ts'
import type { CommandRun } from './run.ts'

/** Keeps what `audit evidence` needs, when somebody lied: one file for each record version of an event, or stream that it follows. */
export function keepEvidence (run: CommandRun): (material: EvidenceMaterial) => Promise<void> {
  return async (material) => {
    const { eventId, recordId, version } = material
    const name = [eventId, recordId, version ?? 'followed'].join('.')
    await replaceFile(join(run.home.evidenceFolder, `${name}.json`), `${JSON.stringify(material)}\n`)
    const record = version === undefined ? recordId : `${recordId}:${version}`
    run.say(`Evidence is kept: epione audit evidence ${eventId} --record ${record} --out FILE`)
  }
}
