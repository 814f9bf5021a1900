import { certifiedOf, datingVersion, nameGrantee, readersOf } from '@epione/protocol'
import type { Consent, ConsentFacts, KnownPerson, PolicyDocument, ProhibitionFacts, RecordReader, RequestedRecord } from '@epione/protocol'
import type { VerifiedRecord } from '@epione/protocol/verify'
import { describeReader } from '../access/reader-words.ts'
import { currentTime } from '../context/context.ts'
import type { PatientContext } from '../context/context.ts'
import { authorizePatient } from '../context/session.ts'
import { together } from '../gateways/together.ts'
import { categoryOfLabel } from '../keys/directory.ts'
import { readOwnDirectory } from '../keys/patient.ts'
import { readPolicyInForce } from '../network/policies.ts'
import { readManifests } from '../records/record-read.ts'
import { listProvenConsents, readConsortium } from './consent.ts'
import type { ProvenConsent } from './consent.ts'
import { draftConsent, draftOf } from './consent-grant.ts'
import type { GrantRequest } from './consent-grant.ts'
import { readGrantee, showGrantee } from './grantee.ts'
import type { Grantee, GranteeShown } from './grantee.ts'
import { readProhibitions } from './prohibitions.ts'
import { describeTerms } from './terms.ts'

/** Stands for the consent that has no id yet. */
const DRAFT = 'draft'
type Outcome = RecordReader['outcome']

/** What a consent would open of one record version. */
export interface OpenedRecord {
  recordId: string
  version: number
  category: string
  level: RequestedRecord['level']
  /** The best that any grantee gets for any of the purposes: `depends` on their certificates. */
  outcome: Outcome
  /** Whether the grantee gets as much by a consent that there is. */
  already: boolean
  /** Each grantee and purpose in a sentence. */
  sentences: string[]
}

export interface ConsentPreview {
  grantee: GranteeShown
  categories: string[]
  terms: string[]
  notAfter: number
  /** How many record versions it opens, perhaps opens, or leaves closed; those that were open already count as such alone. */
  opens: number
  perhaps: number
  already: number
  closed: number
  /** Of the categories, those that there are; later ones of the same epoch come under it, too. */
  records: OpenedRecord[]
}

/**
 * What a consent would open, before it is signed: the one decision over the very statement that `grantConsent` would sign, the own records,
 * the policy in force and the own prohibitions, each proven here. What certificates say is known of those who asked before.
 */
export async function previewConsent (context: PatientContext, request: GrantRequest): Promise<ConsentPreview> {
  const [grantee, directory, consortium] = await together(
    readGrantee(context, request.grantee), readOwnDirectory(context), readConsortium(context)
  )
  const { fields } = draftConsent(context, { directory, consortium }, draftOf(request, grantee))
  const time = currentTime(context)
  const body: Consent = { type: 'Consent', nonce: '', issuedAt: time, submitBefore: time, ...fields }
  const [{ policy }, prohibitions, { manifests }, people, given] = await together(
    readPolicyInForce(context), readProhibitions(context), readManifests(context, context.patientId, Promise.resolve(directory)),
    readPeople(context, grantee), listProvenConsents(context, Promise.resolve(directory), Promise.resolve(consortium))
  )
  const { memberMspIds: members } = consortium
  const present = factsOfGrantee(grantee, given, members)
  const draft: ConsentFacts = { body, revoked: false, custody: members, members, destroyed: [] }
  const labels = new Set(body.compartments.map(({ label }) => label))
  const facts = { time, policy, prohibitions, people, grantee }
  const records = manifests.filter(({ label, end }) => end === undefined && labels.has(label)).map((manifest) => {
    const record = recordOf(manifest, manifests)
    const now = judge(context, facts, record, new Map([[DRAFT, draft]]))
    const before = bestOf(judge(context, facts, record, present))
    const [outcome, { recordId, version, level }] = [bestOf(now), record]
    const category = categoryOfLabel(context.keys, record.label) ?? record.label
    const already = RANK[before] >= RANK[outcome] && RANK[outcome] > 0
    return { recordId, version, category, level, outcome, already, sentences: now.map(describeReader) }
  })
  const count = (outcome: Outcome): number => records.filter((r) => !r.already && r.outcome === outcome).length
  return {
    grantee: showGrantee(grantee, consortium.organizations),
    categories: [...request.categories],
    terms: describeTerms(body),
    notAfter: body.notAfter,
    opens: count('permit'),
    perhaps: count('depends'),
    already: records.filter((r) => r.already).length,
    closed: count('deny') + count('unable'),
    records
  }
}

interface Facts {
  time: number
  policy: PolicyDocument
  prohibitions: readonly ProhibitionFacts[]
  people: readonly KnownPerson[]
  grantee: Grantee
}

const RANK: Readonly<Record<Outcome, number>> = { unable: 0, deny: 0, depends: 1, permit: 2 }

function bestOf (readers: readonly RecordReader[]): Outcome {
  return readers.map(({ outcome }) => outcome).reduce((best, outcome) => RANK[outcome] > RANK[best] ? outcome : best, 'deny')
}

/** Nobody grants while frozen, and whoever was handed over has another id. */
const ACTIVE = { frozen: false, succeeded: false }

function judge (
  { patientId }: PatientContext,
  { grantee: { facts: department }, ...facts }: Facts,
  record: RequestedRecord,
  consents: Map<string, ConsentFacts>
): RecordReader[] {
  const departments = new Map(department === undefined ? [] : [...consents.keys()].map((id) => [id, department]))
  return readersOf({ ...facts, patientId, patient: ACTIVE, record, consents, departments })
}

function recordOf (
  { body, label, epoch, wrapHash, segment, compartment, origin }: VerifiedRecord, all: readonly VerifiedRecord[]
): RequestedRecord {
  const { recordId, version, mediaClass, sizeClass, author } = body
  const dating = datingVersion({ version, segment })
  const dated = all.find((r) => r.body.recordId === recordId && r.body.version === dating)
  return {
    recordId,
    version,
    label,
    epoch,
    level: compartment.level,
    mediaClass,
    sizeClass,
    ...(wrapHash !== undefined && { wrapHash }),
    ...(segment !== undefined && { segment }),
    origin,
    author,
    ...(dated !== undefined && { takenAt: dated.takenAt })
  }
}

/** The person, or each member of the department, with what their certificate said when they last asked this patient for anything. */
async function readPeople (context: PatientContext, { body, facts, receivingKey }: Grantee): Promise<KnownPerson[]> {
  const staffIds = body.kind === 'practitioner' ? [body.staffId] : facts?.members ?? []
  const { mspId } = body
  return await Promise.all(staffIds.map(async (staffId) => {
    const { value: { items: [last] } } = await context.gateways.askFirstReachable((gateway) =>
      gateway.listAccessEvents({ mspId, staffId, limit: 1 }, authorizePatient(context)))
    return { mspId, staffId, receivingKey: receivingKey.toHex(), ...(last !== undefined && { seen: certifiedOf(last.actor) }) }
  }))
}

/** The consents that the grantee has. */
function factsOfGrantee ({ body }: Grantee, given: readonly ProvenConsent[], members: readonly string[]): Map<string, ConsentFacts> {
  const own = given.filter((consent) => nameGrantee(consent.body.grantee) === nameGrantee(body))
  return new Map(own.map(({ id, body: said, status, custody, destroyed }) =>
    [id, { body: said, revoked: status === 'revoked', custody, members, destroyed }]))
}
