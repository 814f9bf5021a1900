import { readFileSync } from 'node:fs'
import t from 'tap'
import type { Test } from 'tap'
import { PublicKey, fromHex } from '@epione/crypto'
import type { BindingHistory, ConsentState, PatientDirectory, PatientSafety, ProxyState, RecordState } from '@epione/protocol'
import { REFUSAL_CODES, StatementReader, verifyConsent, verifyDirectory, verifyRecord, verifySafety } from '@epione/protocol/verify'
import type { ConsentGrounds, Grounds, ProvenGrant } from '@epione/protocol/verify'
import { judged as judgedAtGateway } from '../../../gateway/src/judge.ts'
import { proveConsent } from '../../../sdk/src/consents/consent.ts'
import { proveDirectory } from '../../../sdk/src/keys/directory.ts'
import { judged as judgedAtClient } from '../../../sdk/src/context/judge.ts'
import { proveSafety } from '../../../sdk/src/keys/safety.ts'
import { verdictOf } from '../../helpers/verdict.ts'

/* There is one judge of statements. On each vector it gives the verdict that stands there, and each user its own word for it. */
interface Vectors {
  networkId: string
  proxies: ProxyState[]
  members: string[]
  directories: { name: string, verdict: string, patientId: string, directory: PatientDirectory }[]
  records: {
    name: string
    verdict: string
    owner: string
    directories: Record<string, PatientDirectory>
    binding: BindingHistory
    record: RecordState
  }[]
  consents: {
    name: string
    verdict: string
    patientId: string
    directory: PatientDirectory
    consentId: string
    state: ConsentState
    custody: string[]
    revoked: boolean
    signingKey?: string
  }[]
  safety: { name: string, verdict: string, patientId: string, directory: PatientDirectory, safety: PatientSafety }[]
}

const vectors = JSON.parse(readFileSync(new URL('../../vectors/judges.json', import.meta.url), 'utf8')) as Vectors
const networkId = fromHex(vectors.networkId)
const reader = new StatementReader(networkId)
const CLIENT_CODES = ['DIRECTORY_INVALID', 'BINDING_INVALID', 'MANIFEST_INVALID', 'CONSENT_INVALID', 'SAFETY_INVALID']

async function allSay (t: Test, verdict: string, judge: () => unknown, client: () => unknown): Promise<void> {
  t.equal(await verdictOf(judge), verdict, 'the judge')
  const isAccepted = verdict === 'accepted'
  t.equal(
    await verdictOf(() => judgedAtGateway(judge)),
    isAccepted ? verdict : 'STATEMENT_UNPROVEN',
    'the gateway'
  )
  const said = await verdictOf(client)
  t.ok(isAccepted ? said === verdict : CLIENT_CODES.includes(said), `the client: ${said}`)
}

t.test('each verdict is one of the closed list of codes', (t) => {
  const verdicts = [...vectors.directories, ...vectors.records, ...vectors.consents, ...vectors.safety].map(({ verdict }) => verdict)
  const seen = [...new Set(verdicts)].filter((verdict) => verdict !== 'accepted')
  t.strictSame(seen.sort(), [...REFUSAL_CODES].sort(), 'and each is seen')
  t.end()
})

for (const { name, verdict, patientId, directory } of vectors.directories) {
  t.test(`directory: ${name}`, async (t) => {
    await allSay(t, verdict, () => verifyDirectory(directory, patientId, reader), () => proveDirectory(directory, patientId, networkId))
  })
}

for (const { name, verdict, owner, directories, binding, record } of vectors.records) {
  t.test(`record: ${name}`, async (t) => {
    const shown = (patientId: string): PatientDirectory => directories[patientId] ?? { patientId, versions: [] }
    const grounds: Grounds = {
      reader,
      source: { getDirectory: (id) => Promise.resolve(shown(id)), getBinding: () => Promise.resolve(binding), getDevice: () => Promise.reject(new Error('no record here is a device\'s')) }
    }
    const judge = async (): Promise<unknown> => await verifyRecord(record, verifyDirectory(shown(owner), owner, reader), grounds)
    await allSay(t, verdict, judge, () => judgedAtClient({ kind: 'gateway', mspId: 'CoreMSP' }, judge))
  })
}

for (const { name, verdict, patientId, directory, consentId, state, custody, revoked, signingKey } of vectors.consents) {
  t.test(`consent: ${name}`, async (t) => {
    const grounds: ConsentGrounds = { directory: verifyDirectory(directory, patientId, reader), proxies: vectors.proxies, reader }
    const judge = (): { custody: readonly string[], revoked: boolean, grants: ProvenGrant[] } => {
      const consent = verifyConsent(state, consentId, grounds)
      return { custody: consent.custody, revoked: consent.revoked, grants: consent.proveGrants() }
    }
    const organizations = vectors.proxies.map(({ mspId, encryptionKey, signingKey: key }) =>
      ({
        mspId,
        id: mspId,
        name: mspId,
        encryptionKey: PublicKey.fromHex(encryptionKey),
        signingKey: PublicKey.fromHex(key),
        formerSigningKeys: []
      }))
    const context = { networkId, now: () => state.consent.time } as Parameters<typeof proveConsent>[0]
    const client = (): ReturnType<typeof proveConsent> =>
      proveConsent(
        context,
        state,
        { directory: grounds.directory, consortium: { organizations, memberMspIds: vectors.members, shareMinimum: 3, clearances: [] }, shownBy: 'CoreMSP' },
        consentId
      )
    await allSay(t, verdict, judge, client)
    if (verdict !== 'accepted') return
    const [said, told] = [judge(), client()]
    t.strictSame([said.custody, said.revoked], [custody, revoked], 'the judge')
    t.strictSame([told.custody, told.status === 'revoked'], [custody, revoked], 'the client')
    if (signingKey !== undefined) {
      t.strictSame([said, told].map(({ grants }) => grants[0]?.keys.signingKey.toHex()), [signingKey, signingKey])
    }
  })
}

for (const { name, verdict, patientId, directory, safety } of vectors.safety) {
  t.test(`safety: ${name}`, async (t) => {
    const proven = verifyDirectory(directory, patientId, reader)
    await allSay(t, verdict, () => verifySafety(safety, proven, reader), () => proveSafety(safety, proven, networkId))
  })
}
