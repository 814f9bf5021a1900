import { readFileSync } from 'node:fs'
import t from 'tap'
import { PublicKey, fromHex, judgeAnswer, judgeEvidence, toHex, wrapHash, CAPSULE_BYTES, outlineWrap } from '@epione/crypto'
import type { SignedAnswer } from '@epione/crypto'
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
    ledger: string
    offline: string
    decision: 'permit' | 'deny'
    wrap: string
    accusedWrap: string
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

for (const { name, verdict, ledger, offline, decision, wrap, accusedWrap, answer } of vectors.cases) {
  t.test(`an answer ${name}`, (t) => {
    const event = { ...permit, decision }
    const asked = {
      eventId: event.eventId,
      wrapHash: toHex(wrapHash(fromHex(wrap))),
      consentId,
      networkId,
      capsule: fromHex(wrap).subarray(0, CAPSULE_BYTES)
    }
    const said = judgeAnswer(answer, {
      ...asked,
      proxyKeys: [signingKey],
      isPermit: decision === 'permit',
      receivingKey,
      listed: { ...share, keys: grant.keys, precursor: grant.precursor }
    })
    t.equal(typeof said === 'string' ? said : 'good', verdict, 'crypto')

    const record = event.records.find((r) => r.wrapHash === toHex(wrapHash(fromHex(accusedWrap)))) ?? event.records[0]
    const accusation = {
      eventId: event.eventId,
      mspId: proxy.mspId,
      recordId: record?.recordId ?? '',
      version: 1,
      answer,
      wrap: outlineWrap(fromHex(accusedWrap))
    }
    t.equal(
      codeOf(() => judgeAccusation(accusation, { networkId: vectors.networkId, event, proxy, grant: { consent, directory } })),
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
      wrapHash: wrapHash(fromHex(wrap)),
      contentHash: new Uint8Array(32)
    }
    const judged = codeOf(() => judgeEvidence({ wrap: fromHex(wrap), answers: [{ proxy: 1, answer }] }, facts).culprit)
    t.equal(judged === 'EVIDENCE_INVALID' ? 'refused' : judged, offline, 'evidence')
    if (decision === 'deny') return t.end()

    const { patientId, label, epoch } = { ...consent, ...grant }
    const { precursor } = consent.compartments[0] ?? { precursor: { point: '', proof: '' } }
    const atGateway = checkAnswer({
      answer,
      networkId,
      signingKey: signingKey.toBytes(),
      wrap: fromHex(wrap),
      expected: { ...asked, receivingKey },
      listed: { ...share, precursor, keys: toKeyBytes(grant.keys), patientId, label, epoch }
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
    const { good, false: liars } = judgeAnswers([{ mspId: proxy.mspId, answer }], { ...asked, organizations, grant })
    t.equal(good.length === 1 ? 'good' : liars[0]?.failure, verdict, 'the client')
    t.end()
  })
}
