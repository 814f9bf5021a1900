import { readFileSync } from 'node:fs'
import t from 'tap'
import type { Test } from 'tap'
import { PublicKey, fromHex } from '@epione/crypto'
import type { BindingHistory, ConsentState, PatientDirectory, ProxyState, RecordState } from '@epione/chaincode/model'
import { StatementReader } from '../../../gateway/src/proxy/statement-reader.ts'
import { verifyConsent as verifyAtGateway } from '../../../gateway/src/proxy/verify-consent.ts'
import { verifyDirectory as verifyDirectoryAtGateway } from '../../../gateway/src/proxy/verify-directory.ts'
import { verifyRecord } from '../../../gateway/src/proxy/verify-record.ts'
import type { LedgerView } from '../../../gateway/src/proxy/ledger-view.ts'
import { verifyBinding } from '../../../client/src/bindings.ts'
import { verifyConsent } from '../../../client/src/consent.ts'
import type { ConsentState as ShownConsent, RecordState as ShownRecord } from '../../../client/src/gateway-schemas.ts'
import { ManifestVerifier } from '../../../client/src/manifest.ts'
import { verifyDirectory } from '../../../client/src/verify-directory.ts'

/* Statements are judged by gateways and by clients: on each vector both give the one verdict that stands in it. */
interface Vectors {
  networkId: string
  proxies: ProxyState[]
  members: string[]
  directories: { name: string, verdict: string, patientId: string, directory: PatientDirectory }[]
  records: { name: string, verdict: string, owner: string, directories: Record<string, PatientDirectory>, binding: BindingHistory, record: RecordState & ShownRecord }[]
  consents: { name: string, verdict: string, patientId: string, directory: PatientDirectory, state: ConsentState & ShownConsent, custody: string[], signingKey?: string }[]
}

const vectors = JSON.parse(readFileSync(new URL('../../vectors/judges.json', import.meta.url), 'utf8')) as Vectors
const networkId = fromHex(vectors.networkId)
const reader = new StatementReader(networkId)
const REFUSALS = ['STATEMENT_UNPROVEN', 'DIRECTORY_INVALID', 'BINDING_INVALID', 'MANIFEST_INVALID', 'CONSENT_INVALID']

/** What a judge says, or `refused` when it refuses with one of the codes that mean just that. */
async function verdictOf<T> (judge: () => T | Promise<T>): Promise<T | 'refused'> {
  try {
    return await judge()
  } catch (error) {
    if (REFUSALS.includes((error as { code?: string }).code ?? '')) return 'refused'
    throw error
  }
}

async function bothSay (t: Test, verdict: string, gateway: () => unknown, client: () => unknown): Promise<void> {
  const accepted = async (judge: () => unknown): Promise<string> => await verdictOf(judge) === 'refused' ? 'refused' : 'accepted'
  t.equal(await accepted(gateway), verdict, 'the gateway')
  t.equal(await accepted(client), verdict, 'the client')
}

for (const { name, verdict, patientId, directory } of vectors.directories) {
  t.test(`directory: ${name}`, async (t) => {
    await bothSay(t, verdict, () => verifyDirectoryAtGateway(directory, patientId, reader), () => verifyDirectory(directory, patientId, networkId))
  })
}

for (const { name, verdict, owner, directories, binding, record } of vectors.records) {
  t.test(`record: ${name}`, async (t) => {
    const shown = (patientId: string): PatientDirectory => directories[patientId] ?? { patientId, versions: [] }
    const ledger = { getDirectory: (id: string) => Promise.resolve(shown(id)), getBinding: () => Promise.resolve(binding) } as unknown as LedgerView
    const sources = {
      networkId,
      readBinding: (person: { mspId: string, staffId: string }) => Promise.resolve().then(() => verifyBinding(binding, person, networkId)),
      readDirectory: (id: string) => Promise.resolve(verifyDirectory(shown(id), id, networkId))
    }
    await bothSay(t, verdict,
      () => verifyRecord({ ledger, reader }, record, verifyDirectoryAtGateway(shown(owner), owner, reader)),
      () => new ManifestVerifier(sources, verifyDirectory(shown(owner), owner, networkId), 'a gateway').verify(record))
  })
}

for (const { name, verdict, patientId, directory, state, custody, signingKey } of vectors.consents) {
  t.test(`consent: ${name}`, async (t) => {
    const organizations = vectors.proxies.map(({ mspId, encryptionKey, signingKey: key }) => ({ mspId, id: mspId, name: mspId, encryptionKey: PublicKey.fromHex(encryptionKey), signingKey: PublicKey.fromHex(key), formerSigningKeys: [] }))
    const consortium = { organizations, memberMspIds: vectors.members, shareMinimum: 3 }
    const gateway = await verdictOf(() => {
      const consent = verifyAtGateway(state, state.consent.id, verifyDirectoryAtGateway(directory, patientId, reader), vectors.proxies, reader)
      return { custody: consent.custody, grants: consent.proveGrants() }
    })
    const client = await verdictOf(() => {
      const context = { networkId, now: () => state.consent.time } as Parameters<typeof verifyConsent>[0]
      return verifyConsent(context, state, { directory: verifyDirectory(directory, patientId, networkId), consortium, shownBy: 'CoreMSP' })
    })
    for (const [who, said] of [['the gateway', gateway], ['the client', client]] as const) {
      t.equal(said === 'refused' ? 'refused' : 'accepted', verdict, who)
      if (said === 'refused') continue
      t.strictSame(said.custody, custody, who)
      if (signingKey !== undefined) t.equal(said.grants[0]?.keys.signingKey.toHex(), signingKey, who)
    }
  })
}
