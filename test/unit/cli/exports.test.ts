import { readFileSync, writeFileSync, existsSync, renameSync } from 'node:fs'
import { join } from 'node:path'
import t from 'tap'
import { extractText, getDocumentProxy } from 'unpdf'
import { findFault } from '../../../fhir/src/schema.ts'
import { fromHex, signStatement, toHex, sha256, utf8, SecretKey } from '@epione/crypto'
import type { LoggedAccessEvent, LoggedReading } from '@epione/protocol/api'
import { csvRow } from '@epione/protocol/exports'
import { isClientError, listAccessEvents, requestAccess } from '@epione/sdk'
import type {} from '../../../gateway/src/access/log-notes-plugin.ts'
import { about } from '../../helpers/client/front.ts'
import { Typist, writeNetworkFile } from '../../helpers/client/cli.ts'
import { grantTo, Hospitals, writeRecord } from '../../helpers/client/hospitals.ts'
import { makeWitnesses } from '../../helpers/anchor.ts'
import { makeProof, recordedBlock } from '../../helpers/proofs.ts'
import { until } from '../../helpers/sharing.ts'

/* Files of the access log, with manifests that are verified offline. */

const hospitals = await Hospitals.open(t)
const { core, regional1 } = hospitals
const dir = t.testdir({})
const networkFile = writeNetworkFile(join(dir, 'network'), hospitals)
const network = ['--network', networkFile, '--gateway', 'core']
const patient = await hospitals.patient()
const [author, reader] = [await hospitals.physician(core), await hospitals.physician(regional1, { department: 'neurology' })]
const recordId = await writeRecord(author, patient, 'words')
const { patientId } = patient
const wanted = { patientId, records: [{ recordId }], purpose: 'TREAT' }
const refusal = await requestAccess(reader, wanted).then(() => undefined, (error: unknown) => error)
if (!isClientError(refusal, 'ACCESS_DENIED')) throw new Error('a request without consent was not denied', { cause: refusal })
await grantTo(reader, patient)
for (let times = 0; times < 3; times += 1) await requestAccess(reader, wanted)
const auditor = new Typist(join(dir, 'auditor'), await core.gateway.token('auditor-wide', 'user/AuditEvent.rs'))
const stranger = new Typist(join(dir, 'stranger'))

t.afterEach(() => { for (const { front } of hospitals.all) front.lies = [] })

const path = (name: string): string => join(dir, name)
const read = (name: string): string => readFileSync(path(name), 'utf8')
const write = (name: string, text: string): void => { writeFileSync(path(name), text) }
let made = 0
/** Writes a file as the auditor; its name. */
async function take (format: string, ...more: string[]): Promise<string> {
  const name = `${String(made += 1)}.${format}`
  const { exitCode, json } = await auditor.run('audit', 'export', '--out', path(name), '--format', format, '--patient', patientId, ...more, ...network)
  if (exitCode !== 0) throw new Error(JSON.stringify(json))
  return name
}
/** Anybody with the network file and nothing else. */
const verify = async (name: string, ...more: string[]): ReturnType<Typist['run']> =>
  await stranger.run('verify', path(name), '--network', networkFile, ...more)

async function flush (): Promise<void> {
  for (const { gateway: { app } } of hospitals.all) {
    await app.logNotes.flush()
    await until(async () => (await app.store.db.selectFrom('outbox').select('id').where('kind', '=', 'log-notes').execute()).length === 0)
  }
}

t.test('an auditor takes the log away in each format, and anybody verifies it without asking a gateway', async (t) => {
  for (const format of ['json', 'ndjson', 'csv', 'fhir', 'ch-atc', 'pdf']) {
    const name = await take(format)
    const { exitCode, json } = await verify(name)
    const count = format === 'ch-atc' ? 3 : 4
    t.match({ exitCode, ...json }, {
      exitCode: 0, format, count, attestedBy: ['CoreMSP'], exportedBy: { mspId: 'CoreMSP', as: 'auditor' }, query: { patientId }
    }, JSON.stringify(json))
    t.equal((json['warnings'] as string[]).length, format === 'pdf' ? 1 : 0)
  }
})

t.test('the export is in the log: who took which file away', async (t) => {
  const name = await take('csv', '--decision', 'deny')
  await flush()
  const { json } = await auditor.run('audit', 'readings', ...network)
  const exported = (json['items'] as LoggedReading[]).find((reading) => reading.exported === toHex(sha256(readFileSync(path(name)))))
  t.match(exported, { as: 'auditor', mspId: 'CoreMSP', reads: 1, patients: [patientId] })
})

t.test('JSON and NDJSON hold each event as the ledger has it, newest first', async (t) => {
  const { items } = await listAccessEvents(patient, {})
  const lines = read(await take('ndjson')).trimEnd().split('\n').map((line) => JSON.parse(line) as LoggedAccessEvent)
  // The list names categories to the patient, which the ledger does not know.
  t.same(lines, items.map((item) => ({ ...item, records: item.records.map(({ category: _category, ...record }) => record) })))
  t.match(JSON.parse(read(await take('json'))), { type: 'epione/access-log', query: { patientId }, items: lines })
  t.match(JSON.parse(read(await take('json', '--purpose', 'HRESCH'))), { items: { length: 0 } })
})

t.test('FHIR AuditEvents fit R4, denials among them', async (t) => {
  for (const format of ['fhir', 'ch-atc']) {
    const bundle = JSON.parse(read(await take(format))) as { entry: Array<{ resource: { outcome: string } }> }
    t.notOk(findFault(bundle), format)
    t.same(bundle.entry.map(({ resource }) => findFault(resource)), bundle.entry.map(() => undefined))
    t.same(bundle.entry.map(({ resource }) => resource.outcome), format === 'fhir' ? ['0', '0', '0', '8'] : ['0', '0', '0'])
  }
  t.match(JSON.parse(read(await take('ch-atc'))), { entry: { 0: { resource: { subtype: [{ code: 'ATC_DOC_READ' }] } } } })
})

t.test('what is refused: a changed file, a row left out, another file\'s manifest, a foreign signer, another network', async (t) => {
  const refused = async (name: string, exportCode: string, ...more: string[]): Promise<void> => {
    t.match(await verify(name, ...more), { exitCode: 4, json: { error: { code: 'EXPORT_FALSE', exportCode } } }, exportCode)
  }
  for (const format of ['json', 'ndjson', 'csv', 'fhir', 'pdf']) {
    const name = await take(format)
    const bytes = readFileSync(path(name))
    bytes[bytes.length >> 1] = (bytes[bytes.length >> 1] ?? 0) ^ 1
    writeFileSync(path(name), bytes)
    await refused(name, 'FILE_MISMATCH')
  }
  const [name, other] = [await take('ndjson'), await take('ndjson', '--decision', 'permit')]
  await refused(name, 'FILE_MISMATCH', '--manifest', path(`${other}.manifest.json`))
  write(name, read(name).split('\n').slice(1).join('\n'))
  await refused(name, 'FILE_MISMATCH')

  const third = await take('csv')
  const manifest = JSON.parse(read(`${third}.manifest.json`)) as { networkId: string, attestations: [{ statement: { body: string }, registration: string }] }
  const change = (edit: (copy: typeof manifest) => void): void => {
    const copy = structuredClone(manifest)
    edit(copy)
    write(`${third}.manifest.json`, JSON.stringify(copy))
  }
  const said = JSON.parse(manifest.attestations[0].statement.body) as Record<string, unknown>
  change(({ attestations: [one] }) => { one.statement.body = JSON.stringify({ ...said, count: 3 }) })
  await refused(third, 'SIGNATURE_INVALID')
  const forged = signStatement({ type: 'LogExport', networkId: fromHex(manifest.networkId), body: said, keys: [SecretKey.random()] })
  change(({ attestations: [one] }) => { one.statement = { ...forged } })
  await refused(third, 'SIGNER_FOREIGN')
  change(({ attestations: [one] }) => { delete (one as { registration?: string }).registration })
  await refused(third, 'SIGNER_UNPROVEN')
  const envelope = Buffer.from(manifest.attestations[0].registration, 'base64')
  envelope[envelope.length - 5] = (envelope[envelope.length - 5] ?? 0) ^ 1
  change(({ attestations: [one] }) => { one.registration = envelope.toString('base64') })
  await refused(third, 'SIGNER_FOREIGN')
  change((copy) => { copy.networkId = '0'.repeat(64) })
  await refused(third, 'NETWORK_MISMATCH')
  change((copy) => { (copy as unknown as { version: string }).version = 'epione-export/9' })
  t.match(await verify(third), { exitCode: 2, json: { error: { code: 'FILE_DAMAGED', damage: 'other-version' } } })
  change(() => undefined)
  t.match(await verify(third), { exitCode: 0 })
})

t.test('whoever leaves a row out before the hospital signs is found out by the file', async (t) => {
  // Its own hospital shows this auditor less than it signs for: as if the auditor's program had cut the list.
  core.front.lies = [about('GET', /access-events$/, (answer: { items: unknown[] }) => ({ ...answer, items: answer.items.slice(0, -1) }))]
  const cut = await auditor.run('audit', 'export', '--out', path('cut'), '--format', 'csv', '--patient', patientId, ...network)
  t.match(cut, { exitCode: 4, json: { error: { code: 'ANSWER_MALFORMED' } } }, JSON.stringify(cut.json))
  core.front.lies = []
  t.notOk(existsSync(path('cut')))
  t.notOk(existsSync(path('cut.manifest.json')))
  // A program that has it signed all the same.
  const whole = await take('ndjson')
  await sign('forged.ndjson', 'ndjson', whole, read(whole).split('\n').slice(0, -2).join('\n') + '\n')
  t.match(await verify('forged.ndjson'), { exitCode: 4, json: { error: { exportCode: 'EVENTS_MISMATCH', count: 3, expected: [4] } } })
})

/** Has core sign what a program of the auditor's makes, and puts it where it is verified. */
async function sign (name: string, format: string, whole: string, text: string, more: object = {}): Promise<void> {
  const token = await core.gateway.token('auditor-wide', 'user/AuditEvent.rs')
  const response = await core.gateway.app.inject({
    method: 'POST',
    url: '/v1/access-log-exports',
    headers: { authorization: `Bearer ${token}` },
    payload: {
      query: { patientId }, format, fileHash: toHex(sha256(utf8(text))), sizeBytes: utf8(text).length, throughBlock: 1_000_000, ...more
    }
  })
  const { networkId } = JSON.parse(read(`${whole}.manifest.json`)) as { networkId: string }
  write(name, text)
  write(`${name}.manifest.json`, JSON.stringify({ version: 'epione-export/1', networkId, file: 'x', attestations: [response.json()], proofs: {} }))
}

t.test('whoever writes something else into a row before the hospital signs is found out by the file', async (t) => {
  for (const format of ['json', 'ndjson', 'csv', 'fhir']) {
    const whole = await take(format)
    const lie = read(whole).replace('TREAT', 'ETREAT')
    t.not(lie, read(whole))
    await sign(`lie.${format}`, format, whole, lie)
    t.match(await verify(`lie.${format}`), { exitCode: 4, json: { error: { exportCode: 'EVENTS_MISMATCH' } } }, format)
    await sign(`true.${format}`, format, whole, read(whole))
    t.match(await verify(`true.${format}`), { exitCode: 0, json: { warnings: [] } }, format)
  }
  const whole = await take('json')
  for (const [what, text] of [
    ['a list before the list', read(whole).replace(',"items":[', ',"items":[],"items":[')],
    ['another query', read(whole).replace(patientId, 'a'.repeat(32))],
    ['a member twice', read(whole).replace('"decision":', '"decision":"deny","decision":')]
  ] as const) {
    await sign('strange.json', 'json', whole, text)
    t.match(await verify('strange.json'), { exitCode: 4, json: { error: { exportCode: 'FILE_UNREADABLE' } } }, what)
  }
})

t.test('a file that ends before the log does says so', async (t) => {
  const whole = await take('ndjson')
  const lines = read(whole).trimEnd().split('\n')
  const { blockNumber } = JSON.parse(lines[1] ?? '') as LoggedAccessEvent
  await sign('early.ndjson', 'ndjson', whole, `${lines.slice(1).join('\n')}\n`, { throughBlock: blockNumber })
  t.match(await verify('early.ndjson'), { exitCode: 0, json: { count: 3, warnings: [/CoreMSP had 1 newer events/] } })
})

t.test('no cell begins as a formula, whichever sign parts them', (t) => {
  t.equal(csvRow(['=1+1', 'a;=1+1', 'x\n@sum', 'a-b', '\t=1', ';;-2']), "'=1+1,a;'=1+1,\"x\n'@sum\",a-b,'\t=1,;;'-2\r\n")
  t.end()
})

t.test('a patient takes their own log away, as two hospitals attest it; a missing hospital is a warning', async (t) => {
  const own = new Typist(join(dir, 'patient'), await core.gateway.token('registration-desk', 'user/Patient.c'))
  await own.run('patient', 'init', ...network, '--phrase-file', own.path('phrase'))
  const { exitCode, json } = await own.run('audit', 'export', '--out', path('mine.json'))
  t.match({ exitCode, json }, { exitCode: 0, json: { count: 0, askedMspIds: { length: 2 } } }, JSON.stringify(json))
  t.match(await verify('mine.json'), { exitCode: 0, json: { count: 0, attestedBy: { length: 2 }, exportedBy: { as: 'patient' }, warnings: [] } })
  t.match(await own.run('audit', 'export', '--out', path('mine.json')), { exitCode: 2, json: { error: { code: 'FILE_EXISTS' } } })
  const name = 'alone.json'
  renameSync(path('mine.json'), path(name))
  const manifest = JSON.parse(read('mine.json.manifest.json')) as { attestations: object[] }
  manifest.attestations.pop()
  write(`${name}.manifest.json`, JSON.stringify(manifest))
  const { json: verdict } = await verify(name)
  t.match(verdict['warnings'], [/^Only \w+ was asked/])
})

t.test('hospitals that speak of different files, and a proof of another event, are refused', async (t) => {
  const own = new Typist(join(dir, 'patient-two'), await core.gateway.token('registration-desk', 'user/Patient.c'))
  await own.run('patient', 'init', ...network, '--phrase-file', own.path('phrase'))
  const attestations = async (name: string): Promise<{ attestations: object[], proofs: object }> => {
    await own.run('audit', 'export', '--out', path(name), '--format', 'csv', '--purpose', name === 'one.csv' ? 'TREAT' : 'HRESCH')
    return JSON.parse(read(`${name}.manifest.json`)) as { attestations: object[], proofs: object }
  }
  const [one, other] = [await attestations('one.csv'), await attestations('other.csv')]
  const refused = async (exportCode: string, attested: object[]): Promise<void> => {
    write('one.csv.manifest.json', JSON.stringify({ ...one, attestations: attested }))
    t.match(await verify('one.csv'), { exitCode: 4, json: { error: { code: 'EXPORT_FALSE', exportCode } } })
  }
  await refused('ATTESTATIONS_DIFFER', [one.attestations[0] ?? {}, other.attestations[1] ?? {}])
  await refused('ATTESTATIONS_DIFFER', [one.attestations[0] ?? {}, one.attestations[0] ?? {}])
  write('one.csv.manifest.json', JSON.stringify(one))
  t.match(await verify('one.csv'), { exitCode: 0, json: { attestedBy: { length: 2 } } })

  const name = await take('ndjson')
  const manifest = JSON.parse(read(`${name}.manifest.json`)) as { networkId: string }
  const domain = { chainId: 5, contract: `0x${'c0'.repeat(20)}`, networkId: manifest.networkId } as const
  // A good proof of this network, but of an event that is another than the file's newest.
  const blocks = [recordedBlock(255), recordedBlock(256)]
  const proof = await makeProof({ blocks, block: 256, index: 0, batchNumber: 7, domain, witnesses: makeWitnesses(3) })
  write(`${name}.manifest.json`, JSON.stringify({ ...manifest, proofs: { newest: proof } }))
  t.match(await verify(name), { exitCode: 4, json: { error: { code: 'EXPORT_FALSE', exportCode: 'PROOF_MISMATCH' } } })
})

t.test('a file of another layout is unreadable, in each format, though a hospital signed it', async (t) => {
  for (const [format, change] of [
    ['csv', (text: string) => text.replace('eventId,', 'id,')], ['csv', (text: string) => text.replace(/\r\n$/, '')],
    ['ndjson', (text: string) => `${text}not json\n`], ['fhir', (text: string) => text.replace('"collection"', '"searchset"')],
    ['json', (text: string) => text.replace(/\]\}\n$/, '')], ['fhir', (text: string) => `${text}{}\n`]
  ] as const) {
    const whole = await take(format)
    const changed = change(read(whole))
    t.not(changed, read(whole))
    await sign(`unreadable.${format}`, format, whole, changed)
    t.match(await verify(`unreadable.${format}`), { exitCode: 4, json: { error: { exportCode: 'FILE_UNREADABLE' } } }, `${format}: ${String(change)}`)
  }
})

t.test('a PDF says who looked, in any script, and is tagged', async (t) => {
  const pdf = await getDocumentProxy(new Uint8Array(readFileSync(path(await take('pdf')))))
  const { text } = await extractText(pdf, { mergePages: true })
  for (const word of ['Everyone who looked', patientId, reader.person.staffId, 'neurology', 'permitted', 'denied', 'consent.none-named', recordId]) {
    t.ok(text.replaceAll(/\s/g, '').includes(word.replaceAll(/\s/g, '')), word)
  }
  t.match(await pdf.getMetadata(), { info: { Title: 'Everyone who looked', Language: 'en' } })
  t.match(await pdf.getMarkInfo(), { Marked: true })

  const accounting = await getDocumentProxy(new Uint8Array(readFileSync(path(await take('pdf', '--report', 'accounting', '--summarize')))))
  const { text: disclosed } = await extractText(accounting, { mergePages: true })
  for (const word of ['Accounting of disclosures', 'Date of disclosure', 'Name of recipient', 'Address, if known', 'What was disclosed', 'Purpose', '3 times', '1 rows']) {
    t.ok(disclosed.replaceAll(/\s/g, '').includes(word.replaceAll(/\s/g, '')), word)
  }
  t.notOk(disclosed.includes('denied'))
})

t.test('the example of docs/audit.md runs as it stands', async (t) => {
  const page = readFileSync(new URL('../../../docs/audit.md', import.meta.url), 'utf8')
  const lines = /```sh\n([^`]*)```/.exec(page)?.[1]?.trim().split('\n') ?? []
  t.equal(lines.length, 6)
  const values: Record<string, string> = { PATIENT: patientId, OUT: dir, NETWORK: networkFile }
  for (const line of lines) {
    const [program, ...args] = line.replaceAll(/\$([A-Z]+)/g, (_, name: string) => values[name] ?? '').split(' ')
    t.equal(program, 'epione')
    const { exitCode, json } = await auditor.run(...args, ...args.includes('--network') ? [] : network)
    t.equal(exitCode, 0, `${line}: ${JSON.stringify(json)}`)
  }
  const columns = [...page.slice(page.indexOf('## Columns of CSV')).matchAll(/^\| (`[^|]*) \|/gm)].flatMap(([, cell = '']) => cell.replaceAll('`', '').split(' '))
  t.same(columns, read('log.csv').split('\r\n')[0]?.split(','), 'the page lists the columns in their order')
})

t.test('what makes no sense is told before anything is asked', async (t) => {
  const usage = async (...more: string[]): Promise<void> => {
    t.match(await auditor.run('audit', 'export', '--out', path('never'), ...more, ...network), { exitCode: 2, json: { error: { code: 'USAGE' } } }, more.join(' '))
  }
  await usage('--format', 'xml')
  await usage('--report', 'all')
  await usage('--summarize')
  await usage('--decision', 'deny', '--report', 'accounting')
  await usage('--actor', 'CoreMSP/x', '--organization', 'CoreMSP')
  await usage('--purpose', 'curiosity')
  t.notOk(existsSync(path('never')))
})
