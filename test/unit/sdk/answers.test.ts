import { readFileSync } from 'node:fs'
import t from 'tap'
import { Place, PublicKey, ShownCapsules, fromHex, judgeAnswer, judgeEvidence, outlineWrap, toHex, wrapHash, wrapHashOf } from '@epione/crypto'
import type { SignedAnswer } from '@epione/crypto'
import { recordPlace } from '@epione/protocol'
import { proveGrants } from '@epione/protocol/verify'
import type { AccessEvent, Consent, KeyDirectory, ProxyState } from '@epione/protocol'
import { judgeAnswers } from '@epione/sdk'
import { judgeAccusation } from '../../../chaincode/dist/contracts/accusation.js'
import { checkAnswer } from '../../../gateway/src/proxy/reencryption-worker.ts'
import { toKeyBytes } from '../../../gateway/src/proxy/reencryptor.ts'

/* One answer, five judges: each gives the verdict that stands in the vector. */
interface Vectors {
  networkId: string
  event: AccessEvent
  consentId: string
  consent: Consent
  directory: KeyDirectory
  proxy: ProxyState
  proxies: ProxyState[]
  cases: {
    name: string
    verdict: string
    reader: string
    ledger: string
    offline: string
    decision: 'permit' | 'deny'
    wrap: string
    place: string
    wraps: { wrap: string, place: string }[]
    answer: SignedAnswer
  }[]
}

const vectors = JSON.parse(readFileSync(new URL('../../vectors/answers.json', import.meta.url), 'utf8')) as Vectors
const { event: permit, consentId, consent, directory, proxy, proxies } = vectors
const networkId = fromHex(vectors.networkId)
const [grant] = proveGrants({ consent, directory, networkId })
if (grant === undefined) throw new Error('the consent covers a compartment')
const share = grant.shares.find((s) => s.mspId === proxy.mspId)
if (share === undefined) throw new Error('the consent lists the proxy')
const signingKey = PublicKey.fromHex(proxy.signingKey)
const receivingKey = permit.receivingKey

const codeOf = (judge: () => string): string => {
  try {
    return judge()
  } catch (error) {
    return (error as { code?: string }).code ?? String(error)
  }
}

/* All records of the event are the patient's own. */
const places = new Map(permit.records.map(({ recordId, version, wrapHash = '' }) =>
  [wrapHash, [recordPlace(networkId, { recordId, version, author: { kind: 'patient' } }).toHex()]]))

for (const { name, verdict, reader, ledger, offline, decision, wrap, place, wraps, answer } of vectors.cases) {
  t.test(`an answer ${name}`, (t) => {
    const event = { ...permit, decision }
    const shown = wraps.map((one) => outlineWrap(fromHex(one.wrap), Place.fromHex(one.place)))
    const requested = event.records.flatMap((r) => r.wrapHash ?? [])
    const asked = { eventId: event.eventId, consentId, networkId, receivingKey }
    const capsules = new ShownCapsules(shown)
    const said = judgeAnswer(answer, {
      ...asked,
      proxyKeys: [signingKey],
      isPermit: decision === 'permit',
      listed: share.kfragId === answer.body.kfragId ? { ...share, keys: grant.keys, precursor: grant.precursor } : undefined,
      isRequested: (hash) => requested.includes(hash),
      capsules
    })
    t.equal(typeof said === 'string' ? said : 'good', verdict, 'crypto')

    const accusation = {
      eventId: event.eventId,
      mspId: proxy.mspId,
      answer,
      wraps: shown.filter((outline) => answer.body.wrapHashes.includes(toHex(wrapHashOf(outline))))
    }
    t.equal(
      codeOf(() => judgeAccusation(accusation, { networkId: vectors.networkId, event, proxy, grant: { consent, directory }, places })),
      ledger,
      'the ledger'
    )

    const facts = {
      networkId,
      keys: grant.keys,
      precursor: grant.precursor,
      consentId,
      eventId: event.eventId,
      threshold: 2,
      proxies: grant.shares.map(({ mspId, ...listed }) =>
        ({ ...listed, signingKey: PublicKey.fromHex(proxies.find((p) => p.mspId === mspId)?.signingKey ?? '') })),
      place: Place.fromHex(place),
      wrapHash: wrapHash(fromHex(wrap), Place.fromHex(place)),
      contentHash: new Uint8Array(32)
    }
    const evidence = { wrap: fromHex(wrap), others: shown, answers: [{ proxy: 1, answer }] }
    const judged = codeOf(() => judgeEvidence(evidence, facts).culprit)
    t.equal(judged === 'EVIDENCE_INVALID' ? 'refused' : judged, offline, 'evidence')
    if (decision === 'deny') return t.end()

    const { patientId, label, epoch } = { ...consent, ...grant }
    const { precursor } = consent.compartments[0] ?? { precursor: { point: '', proof: '' } }
    const atGateway = checkAnswer({
      answer,
      networkId,
      signingKey: signingKey.toBytes(),
      wraps: shown,
      requested,
      expected: asked,
      listed: share.kfragId === answer.body.kfragId
        ? { ...share, precursor, keys: toKeyBytes(grant.keys), patientId, label, epoch }
        : undefined
    })
    t.equal(atGateway ?? 'good', verdict, 'the gateway')

    const organizations = [
      {
        mspId: proxy.mspId,
        id: proxy.mspId,
        name: proxy.mspId,
        encryptionKey: PublicKey.fromHex(proxy.encryptionKey),
        signingKey,
        formerSigningKeys: []
      }
    ]
    const { good, false: liars } = judgeAnswers([{ mspId: proxy.mspId, answer }], {
      ...asked, organizations, grants: [grant], capsules, compartments: new Map()
    })
    t.equal(good.length === 1 ? 'good' : liars[0]?.failure, reader, 'the client')
    t.end()
  })
}
