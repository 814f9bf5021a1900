import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Test } from 'tap'
import { getRecord, listRecords, makeCard, MemoryDestination } from '@epione/sdk'
import type { PatientContext, PractitionerContext, RecordSummary } from '@epione/sdk'
import { FhirServerSource, FolderCards, Journal, readMapping, runSync } from '@epione/sync'
import type { Mapping, MovedType, Report, RunOptions, Source } from '@epione/sync'
import type { Ehr } from './ehr.ts'

/** A practitioner's journal and cards of patients, and runs of a source. */
export class SyncDesk {
  readonly folder: string
  readonly author: PractitionerContext
  readonly #cards: Record<string, string> = {}

  constructor (t: Test, author: PractitionerContext) {
    this.folder = mkdtempSync(join(tmpdir(), 'epione-sync-'))
    t.teardown(() => { rmSync(this.folder, { recursive: true, force: true }) })
    this.author = author
  }

  /** The patient of the source has this card. */
  async map (sourcePatient: string, patient: PatientContext): Promise<void> {
    const path = `${patient.patientId}.card`
    writeFileSync(join(this.folder, path), (await makeCard(patient)).card)
    this.#cards[sourcePatient] = path
    writeFileSync(join(this.folder, 'mapping.json'), JSON.stringify(this.#cards))
  }

  async mapping (): Promise<Mapping> {
    return await readMapping(join(this.folder, 'mapping.json'))
  }

  openJournal (trial = false): Journal {
    return new Journal(join(this.folder, 'journal.sqlite'), 'test', { trial })
  }

  async run (source: Source & { base?: string }, more: Partial<RunOptions> = {}): Promise<Report & { said: Record<string, unknown> }> {
    const journal = more.journal ?? this.openJournal(more.trial)
    try {
      const report = await runSync({
        source,
        system: 'ehr',
        base: source.base,
        context: () => Promise.resolve(this.author),
        journal,
        mapping: await this.mapping(),
        cards: new FolderCards(join(this.folder, 'cards')),
        ...more
      })
      return Object.assign(report, { said: JSON.parse([...report.json()].join('')) as Record<string, unknown> })
    } finally {
      journal.close()
    }
  }

  server (ehr: Ehr, more: Partial<ConstructorParameters<typeof FhirServerSource>[0]> = {}): FhirServerSource {
    return new FhirServerSource({ base: ehr.base, types: ['Observation'] as MovedType[], ...more })
  }
}

/** What a patient has, newest first, with what is in it. */
export async function contentsOf (patient: PatientContext): Promise<Array<RecordSummary & { text: string }>> {
  const records = await listRecords(patient, patient.patientId)
  return await Promise.all(records.map(async (record) => {
    if (record.end !== undefined) return { ...record, text: '' }
    const to = new MemoryDestination()
    await getRecord(patient, { recordId: record.recordId, version: record.version, to })
    return { ...record, text: Buffer.concat(to.pieces ?? []).toString() }
  }))
}
