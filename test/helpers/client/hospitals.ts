import { UndiciTransport } from '@epione/cli'
import type { PinnedGateway } from '@epione/cli'
import { fromHex, deriveKeyRing, generatePhrase } from '@epione/crypto'
import { BearerToken, Gateways, addRecord, bindKeys, grantConsent, makeCard, patientIdOfKeys, readSelf, registerPatient } from '@epione/sdk'
import type { ClientContext, GrantRequest, GrantResult, PatientContext, PractitionerContext, TokenContext } from '@epione/sdk'
import { certifyDevice, TransactionSigner } from '@epione/sdk/signing'
import type { Site } from '@epione/portal-service'
import type { Reencryptor } from '../../../gateway/src/proxy/reencryptor.ts'
import { buildGateway, createConsortium } from '../gateway.ts'
import type { Consortium, GatewayOptions, Teardown, TestGateway } from '../gateway.ts'
import { MEMORY_CHANNEL } from '../memory-devices.ts'
import { bytes } from './bytes.ts'
import { Front } from './front.ts'

const SCOPES = {
  clinician: 'user/DocumentReference.c user/DocumentReference.rs',
  desk: 'user/Patient.c',
  auditor: 'user/AuditEvent.rs',
  registrar: 'system/Practitioner.c'
} as const

type TestGatewayConfig = NonNullable<GatewayOptions['config']>

export interface Hospital { mspId: string, gateway: TestGateway, front: Front, info: PinnedGateway }

/** Short waits: what a test makes false stays false. */
const SETTLE_MS = 300
const CONFIRM_MS = 600

/** Three hospitals on an in-memory ledger with their real gateways, each behind a front that can lie in its name. */
export class Hospitals {
  readonly consortium: Consortium
  readonly core: Hospital
  readonly regional1: Hospital
  readonly regional2: Hospital
  readonly #test: Teardown
  #people = 0

  private constructor (t: Teardown, consortium: Consortium, [core, regional1, regional2]: readonly [Hospital, Hospital, Hospital]) {
    this.#test = t
    this.consortium = consortium
    this.core = core
    this.regional1 = regional1
    this.regional2 = regional2
  }

  static async open (
    t: Teardown,
    options: {
      reencryptor?: (mspId: string) => Reencryptor | undefined
      config?: TestGatewayConfig
      /** Without fronts: gateways stand at the addresses by which they know each other, and nobody lies. */
      direct?: true
      /** The built pages that the core hospital serves. */
      pages?: Site
      clock?: () => number
      /** Done before any gateway starts; `urls` are where clients will reach them, by MSP id. */
      prepare?: (consortium: Consortium, urls: ReadonlyMap<string, string>) => Promise<void>
    } = {}
  ): Promise<Hospitals> {
    const consortium = await createConsortium(t, options.clock === undefined ? {} : { clock: options.clock })
    const fronts = new Map<string, Front>()
    for (const [mspId, { tls }] of consortium.hospitals) {
      const front = await Front.start(tls)
      fronts.set(mspId, front)
      t.teardown(() => front.stop())
    }
    const urlOf = (mspId: string): string =>
      options.direct === true ? `https://localhost:${String(consortium.hospitals.get(mspId)?.port)}` : fronts.get(mspId)?.url ?? ''
    await options.prepare?.(consortium, new Map([...fronts.keys()].map((mspId) => [mspId, urlOf(mspId)])))
    const start = async (mspId: string): Promise<Hospital> => await startHospital(t, {
      consortium,
      front: fronts.get(mspId),
      url: urlOf(mspId),
      mspId,
      reencryptor: options.reencryptor?.(mspId),
      config: options.config ?? {},
      pages: mspId === 'CoreMSP' ? options.pages : undefined
    })
    // One after the other: each has seconds to start in, on a machine that other tests use too.
    return new Hospitals(t, consortium, [await start('CoreMSP'), await start('Regional1MSP'), await start('Regional2MSP')])
  }

  get all (): readonly Hospital[] {
    return [this.core, this.regional1, this.regional2]
  }

  /** A client whose own hospital is `own`; only the gateways of `known` are in its configuration. */
  client (own: Hospital, known: readonly Hospital[] = this.all): ClientContext {
    const gateways = new Gateways([own, ...known.filter((h) => h !== own)].map((h) => h.info), {
      connect: (info) => new UndiciTransport(info),
      settleMs: SETTLE_MS
    })
    this.#test.teardown(() => gateways.close())
    const { networkId, document } = this.consortium.network
    return { networkId: fromHex(networkId), document, gateways, confirmMs: CONFIRM_MS, now: this.consortium.clock }
  }

  async token (own: Hospital, subject: string, scope: keyof typeof SCOPES): Promise<BearerToken> {
    return new BearerToken(await own.gateway.token(subject, SCOPES[scope]))
  }

  /** A new patient, registered at `own`. */
  async patient (own = this.core): Promise<PatientContext & { phrase: string }> {
    const context = this.client(own)
    const phrase = generatePhrase()
    const keys = deriveKeyRing(phrase)
    const desk: TokenContext = { ...context, role: 'token', token: await this.token(own, 'registration-desk', 'desk') }
    await registerPatient(desk, keys)
    return { ...context, role: 'patient', patientId: patientIdOfKeys(keys), keys, phrase }
  }

  /** A new physician, enrolled at `own`; their keys are bound unless told otherwise. With `keys` their device signs. */
  async physician (
    own: Hospital, { bound = true, department = 'cardiology', keys }: { bound?: boolean, department?: string, keys?: 'device' } = {}
  ): Promise<PractitionerContext> {
    const subject = `dr-${++this.#people}`
    await own.gateway.enrol(subject, 'physician', { department, ...(keys === undefined ? {} : { keys }) })
    const context = this.client(own)
    const token = await this.token(own, subject, 'clinician')
    const practitioner: PractitionerContext = {
      ...context,
      role: 'practitioner',
      person: await readSelf(context, token),
      keys: deriveKeyRing(generatePhrase(12)),
      keyNumber: 1,
      token
    }
    if (keys === 'device') {
      await certifyDevice(practitioner)
      context.gateways.own.signWith(new TransactionSigner({ ...MEMORY_CHANNEL, keys: practitioner.keys, mspId: own.mspId }))
    }
    if (bound) await bindKeys(practitioner)
    return practitioner
  }
}

async function startHospital (
  t: Teardown,
  { consortium, front, url, mspId, reencryptor, config, pages }: {
    consortium: Consortium,
    front: Front | undefined,
    url: string,
    mspId: string
    reencryptor: Reencryptor | undefined,
    config: TestGatewayConfig,
    pages: Site | undefined
  }
): Promise<Hospital> {
  const files = consortium.hospitals.get(mspId)
  const organization = consortium.network.organizations.find((o) => o.mspId === mspId)
  if (files === undefined || organization === undefined || front === undefined) throw new Error(`no hospital ${mspId}`)
  const gateway = await buildGateway(t, {
    consortium,
    mspId,
    listen: true,
    config: { ...config, publicUrl: url },
    ports: { ...(reencryptor === undefined ? {} : { reencryptor }), ...(pages === undefined ? {} : { pages }) }
  })
  front.passOnTo(`https://localhost:${files.port}`, organization.tlsCaPem)
  return {
    mspId,
    gateway,
    front,
    info: { mspId, id: files.organizationId, name: organization.name, url, tlsCaPem: organization.tlsCaPem }
  }
}

/** A record that `author` wrote for `patient`; returns its id. */
export async function writeRecord (
  author: PractitionerContext,
  patient: PatientContext,
  text: string | Uint8Array,
  category = 'summary'
): Promise<string> {
  const { card } = await makeCard(patient)
  const { recordId } = await addRecord(author, { source: bytes(text), category, mediaClass: 'document', card })
  return recordId
}

/** An active consent of `patient` to `reader` for one category. */
export async function grantTo (
  reader: PractitionerContext, patient: PatientContext, category = 'summary', actions: GrantRequest['actions'] = ['read']
): Promise<GrantResult> {
  return await grantConsent(patient, {
    grantee: reader.person,
    categories: [category],
    purposes: ['TREAT'],
    actions,
    days: 1,
    fingerprint: reader.keys.receiving(reader.keyNumber).publicKey().fingerprint()
  })
}
