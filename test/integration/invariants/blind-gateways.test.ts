import { randomBytes } from 'node:crypto'
import { appendFile, mkdir, mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import t from 'tap'
import type { Test } from 'tap'
import { CATEGORY_NAMES, recordPlace } from '@epione/protocol'
import type { RecordManifest } from '@epione/protocol'
import { deriveKeyRing, fromHex, openWrapOriginal } from '@epione/crypto'
import { assembleCast } from '../../helpers/cast.ts'
import { startGatewayElsewhere } from '../../helpers/gateway-process.ts'
import { bytesNeedle, searchFolder, textNeedle } from '../../helpers/search.ts'
import { keyNeedles } from '../../helpers/secret-needles.ts'
import { TestNetwork } from '../../helpers/test-network.ts'
import { TlsFront } from '../../helpers/tls-front.ts'
import type { Needle } from '../../helpers/search.ts'

const RECORD = join(import.meta.dirname, '..', '..', 'data', 'fhir', 'Levi940_Gusikowski974.with-documents.json')

t.test('I1: no gateway, ledger, store or log ever holds plaintext or a secret of a person', async (t) => {
  const folder = await mkdtemp(join(tmpdir(), 'epione-blind-'))
  t.teardown(() => rm(folder, { recursive: true, force: true }))
  const network = await TestNetwork.create()
  t.teardown(() => network.destroy())
  const recordings = join(folder, 'recordings')
  await mkdir(recordings)
  const { organizations } = await network.network()
  for (const { id } of organizations) await recordBefore(t, network, id, recordings)

  const marker = `marker-${randomBytes(16).toString('hex')}`
  const needles = await playStory(network, join(folder, 'people'), marker, recordings)
  t.ok(needles.length > 60, `${needles.length} things are looked for`)

  // The conditions of a consent are public: they show that the same search does see what went through and was stored.
  const planted = [textNeedle('marker', marker)]
  const places = { 'what gateways received': recordings, 'what all processes stored and logged': network.stateDir }
  for (const [what, place] of Object.entries(places)) {
    const { findings, files } = await searchFolder(place, needles)
    t.same(findings, [], `nothing in ${what} (${files} files)`)
    const seen = (await searchFolder(place, planted)).findings.map((f) => f.place)
    t.ok(seen.length > 0, `the planted marker is found in ${what}`)
    if (place === network.stateDir) {
      t.ok(seen.some((p) => /blockfile/.test(p)), 'in stored blocks too')
    }
  }
})

/** Puts a recorder before a gateway: whatever it receives is appended to a file. */
async function recordBefore (t: Test, network: TestNetwork, id: string, recordings: string): Promise<void> {
  await network.stopProcess(`gateway.${id}`)
  const gateway = await startGatewayElsewhere(network.stateDir, id)
  t.teardown(() => gateway.stop())
  let written = Promise.resolve()
  const front = await TlsFront.start({
    stateDir: network.stateDir,
    organizationId: id,
    listenPort: gateway.publicPort,
    upstreamPort: gateway.listenPort,
    onReceived: (bytes) => { written = written.then(() => appendFile(join(recordings, id), bytes)) }
  })
  t.teardown(async () => { await front.stop(); await written })
}

/** Shares the record once and revokes; returns all that nobody between author and reader may see. */
async function playStory (network: TestNetwork, folder: string, marker: string, recordings: string): Promise<Needle[]> {
  const { stateDir } = network
  const cast = await assembleCast({ stateDir, folder, home: 'core', readerHospital: 'regional1' })
  const { patient, author, reader } = cast
  const made = await patient.must([
    'patient', 'init', '--network', join(stateDir, 'network.json'), '--gateway', 'core', '--phrase-file',
    patient.path('phrase')
  ])
  const patientId = String(made.json['patientId'])
  await patient.must(['patient', 'card', '--out', patient.path('card.json')])
  const added = await author.must(['record', 'add', '--card', patient.path('card.json'), '--category', 'summary', RECORD])
  const recordId = String(added.json['recordId'])
  const grant = [
    'consent', 'grant', '--practitioner', cast.readerId, '--category', 'summary', '--purpose', 'TREAT', '--days', '1',
    '--threshold', '2', '--fingerprint', cast.readerFingerprint
  ]
  const granted = await patient.must(grant)
  await patient.must([...grant, '--department', marker])
  const permit = await reader.must([
    'access', 'request', '--patient', patientId, '--record', recordId, '--purpose', 'TREAT', '--consent',
    String(granted.json['consentId'])
  ])
  await reader.must(['open', String(permit.json['eventId']), '--record', recordId, '--out', join(folder, 'opened')])
  await patient.must(['consent', 'revoke', String(granted.json['consentId'])])
  return [
    ...await recordNeedles(),
    ...keyNeedles('patient', await readPhrase(patient.path('phrase')), CATEGORY_NAMES),
    ...keyNeedles('author', await readPhrase(author.path('phrase'))),
    ...keyNeedles('reader', await readPhrase(reader.path('phrase'))),
    await contentKeyNeedle(patient.path('phrase'), join(recordings, 'core'), fromHex((await network.network()).networkId))
  ]
}

/** Names, identifiers and texts of the bundle, and the texts inside its base64 attachments. */
async function recordNeedles (): Promise<Needle[]> {
  const text = await readFile(RECORD, 'utf8')
  const notes = [...text.matchAll(/"data":\s*"([A-Za-z0-9+/=]{200,})"/g)].map((m) => Buffer.from(m[1] ?? '', 'base64').toString())
  const lines = notes.flatMap((note) => note.split('\n').filter((line) => line.length >= 24).slice(0, 5))
  const ids = [...text.matchAll(/urn:uuid:([0-9a-f-]{36})/g)].slice(0, 20).map((m) => m[1] ?? '')
  return [...new Set(['Gusikowski974', 'Levi940', ...lines, ...ids])].map((found) => textNeedle(`record: ${found}`, found))
}

/** The record's content key, opened by the patient's key from the wrap that the author's gateway received. */
async function contentKeyNeedle (phraseFile: string, recording: string, networkId: Uint8Array): Promise<Needle> {
  const received = await readFile(recording, 'latin1')
  const wrap = /"wrap":"([0-9a-f]{340})"/.exec(received)?.[1]
  const manifest = /"body":("(?:[^"\\]|\\.)*\\"type\\":\\"RecordManifest\\"(?:[^"\\]|\\.)*")/.exec(received)?.[1]
  if (wrap === undefined || manifest === undefined) throw new Error('the recording shows no wrap with its manifest')
  const place = recordPlace(networkId, JSON.parse(JSON.parse(manifest) as string) as RecordManifest)
  const keys = deriveKeyRing(await readPhrase(phraseFile))
  return bytesNeedle('content key', openWrapOriginal(fromHex(wrap), place, keys.compartment('summary')))
}

async function readPhrase (file: string): Promise<string> {
  return (await readFile(file, 'utf8')).trim()
}
