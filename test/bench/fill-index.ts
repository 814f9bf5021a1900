import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { deriveIndexKeys, deriveKeyRing, fromHex, indexEntryHash, patientIdOf, sealIndexEntry, SecretKey, toHex } from '@epione/crypto'
import { bindPractitioner, createManifest, keyHex, sign } from '../helpers/ledger-fixtures.ts'
import type { TestCompartment, TestPatient, TestPractitioner } from '../helpers/ledger-fixtures.ts'
import type { LedgerWorld } from '../helpers/ledger-world.ts'

/** One of those who write at once; each has one registration in flight, for each is a chain. */
export interface IndexWriter { readonly author: TestPractitioner, readonly index: SecretKey }

const CATEGORY = 'summary'

export async function hireWriters (world: LedgerWorld, count: number): Promise<IndexWriter[]> {
  const writers: IndexWriter[] = []
  for (let i = 0; i < count; i++) writers.push({ author: await bindPractitioner(world), index: SecretKey.random() })
  return writers
}

/** Rows of entries, as the stores of hospitals keep what was copied to them. */
interface EntryRow { recordId: string, hash: string, entry: Uint8Array }

/**
 * Registers record versions with 20 keywords each in a patient's first compartment, by all writers at once, and puts the entries into the
 * stores of gateways, by their data folders. Contents are of no matter to a search, and there are none. Gives one record's id.
 */
export async function fillIndex (
  world: LedgerWorld,
  writers: readonly IndexWriter[],
  { phrase, records, stores, say }: { phrase: string, records: number, stores: readonly string[], say: (text: string) => void }
): Promise<string> {
  const keys = deriveKeyRing(phrase)
  const patientId = patientIdOf(keys.identity().publicKey())
  const compartment: TestCompartment = {
    label: toHex(keys.compartmentLabel(CATEGORY)), level: 'N', epoch: 1, secret: keys.compartment(CATEGORY)
  }
  const patient: TestPatient = {
    patientId,
    identity: keys.identity(),
    kfragSigning: keys.kfragSigning(),
    compartments: [compartment, compartment],
    directoryId: '',
    networkId: world.networkId
  }
  const place = { patientId, label: fromHex(compartment.label), epoch: 1, issue: 1 }
  const searchKey = keys.search(CATEGORY, 1, 1).publicKey()
  const rows: EntryRow[] = []
  const places = Array.from({ length: records }, (_, at) => at).values()
  await Promise.all(writers.map(async ({ author, index }) => {
    const indexKeys = deriveIndexKeys(place, { author: index, searchKey })
    for (const at of places) {
      const { members } = createManifest(author, patient, compartment)
      const entry = sealIndexEntry(indexKeys, members, { keywords: keywordsOf(at), days: [at] })
      const hash = toHex(indexEntryHash(entry))
      rows.push({ recordId: members.recordId, hash, entry })
      const says = { ...members, index: { hash, key: keyHex(index), issue: 1, truncated: false } }
      await author.ledger.registerRecord(sign(world, 'RecordManifest', says, author.requestSigning))
      if (at % 1000 === 999) say(`${String(at + 1)} records`)
    }
  }))
  for (const folder of stores) keep(folder, patientId, rows)
  return rows[0]?.recordId ?? ''
}

/** Every seventh has `w3`, all have `smoker`. */
function keywordsOf (at: number): string[] {
  const others = Array.from({ length: 17 }, (_, i) => `word:t${String(at * 31 % 5000 + i)}`)
  return ['word:smoker', `word:w${String(at % 7)}`, `word:v${String(at)}`, ...others]
}

function keep (folder: string, patientId: string, rows: readonly EntryRow[]): void {
  const database = new DatabaseSync(join(folder, 'store', 'store.sqlite'))
  try {
    database.exec('PRAGMA busy_timeout = 30000; BEGIN IMMEDIATE')
    const insert = database.prepare(
      'INSERT INTO index_entries (record_id, version, entry_hash, entry, created_at, owner, patient_id, named) VALUES (?, 1, ?, ?, ?, \'\', ?, 1)'
    )
    for (const { recordId, hash, entry } of rows) insert.run(recordId, hash, entry, Date.now(), patientId)
    database.exec('COMMIT')
  } finally {
    database.close()
  }
}
