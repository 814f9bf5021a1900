import { deriveKeyRing, fromHex, utf8 } from '@epione/crypto'
import {
  addRecord, BearerToken, bindKeys, FetchTransport, Gateways, getRecord, grantConsent, isClientError, listAccessEvents, listRecords,
  makeCard, MemoryDestination, openRecord,
  patientIdOfKeys, readSelf, registerPatient, requestAccess, revokeConsent
} from '@epione/sdk'
import type { ClientContext, PatientContext, PractitionerContext } from '@epione/sdk'

declare const location: { origin: string }

/** What the page is told: no secret but those of the people who use it. */
export interface StoryWanted {
  networkId: string
  document: NonNullable<ClientContext['document']>
  gateways: Array<{ mspId: string, id: string, name: string, url: string }>
  phrases: { patient: string, author: string, reader: string }
  tokens: { desk: string, author: string, reader: string }
  text: string
}

/** What happened, as the page saw it. */
export interface StoryTold {
  userAgent: string
  hasNode: boolean
  bytesOpened: string
  ownBytes: string
  listed: number
  verified: string[]
  decisions: string[]
  refusedAfter: string
}

const report = async (value: unknown): Promise<void> => { await fetch('/report', { method: 'POST', body: JSON.stringify(value) }) }
const codeOf = (error: unknown): string => isClientError(error) ? error.code : String(error)
const textOf = ({ pieces }: MemoryDestination): string => (pieces ?? []).map((piece) => new TextDecoder().decode(piece)).join('')

async function * once (bytes: Uint8Array): AsyncGenerator<Uint8Array, void, void> {
  await Promise.resolve()
  yield bytes
}

/** A record from its author to a reader of another hospital, all three at this page. */
async function play ({ networkId, document, gateways, phrases, tokens, text }: StoryWanted): Promise<StoryTold> {
  const connect = (own: string): ClientContext => ({
    networkId: fromHex(networkId),
    document,
    gateways: new Gateways([...gateways].sort((a, b) => Number(b.id === own) - Number(a.id === own)), {
      connect: (info) => new FetchTransport(info, `${location.origin}/gateways/${info.id}`)
    })
  })
  const practitioner = async (own: string, phrase: string, text: string): Promise<PractitionerContext> => {
    const [context, token] = [connect(own), new BearerToken(text)]
    const person: PractitionerContext = {
      ...context,
      role: 'practitioner',
      person: await readSelf(context, token),
      keys: deriveKeyRing(phrase),
      keyNumber: 1,
      token
    }
    await bindKeys(person)
    return person
  }
  const keys = deriveKeyRing(phrases.patient)
  await registerPatient({ ...connect('core'), role: 'token', token: new BearerToken(tokens.desk) }, keys)
  const patient: PatientContext = { ...connect('core'), role: 'patient', patientId: patientIdOfKeys(keys), keys }
  const [author, reader] = [
    await practitioner('core', phrases.author, tokens.author),
    await practitioner('regional1', phrases.reader, tokens.reader)
  ]
  const { card } = await makeCard(patient)
  const { recordId } = await addRecord(author, { source: once(utf8(text)), category: 'summary', mediaClass: 'document', card })
  const { consentId } = await grantConsent(patient, {
    grantee: reader.person,
    categories: ['summary'],
    purposes: ['TREAT'],
    days: 1,
    fingerprint: reader.keys.receiving(1).publicKey().fingerprint()
  })
  const wanted = { patientId: patient.patientId, records: [{ recordId }], purpose: 'TREAT' }
  const { eventId } = await requestAccess(reader, wanted)
  const [to, own] = [new MemoryDestination(), new MemoryDestination()]
  const { verified } = await openRecord(reader, { eventId, to })
  await getRecord(patient, { recordId, to: own })
  await revokeConsent(patient, consentId)
  const refusedAfter = await requestAccess(reader, wanted).then(() => 'permitted', codeOf)
  const [listed, log] = [await listRecords(patient, patient.patientId), await listAccessEvents(patient, {})]
  return {
    userAgent: navigator.userAgent,
    hasNode: 'process' in globalThis || 'Buffer' in globalThis,
    bytesOpened: textOf(to),
    ownBytes: textOf(own),
    listed: listed.length,
    verified,
    decisions: log.items.map(({ decision }) => decision),
    refusedAfter
  }
}

fetch('/story.json').then(async (answer) => report(await play(await answer.json() as StoryWanted))).catch(async (error: unknown) =>
  report({ failed: codeOf(error), detail: String(error), stack: error instanceof Error ? error.stack : undefined }))
