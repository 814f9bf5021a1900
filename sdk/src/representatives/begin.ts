import { PublicKey, cosignStatement, signStatement, statementId } from '@epione/crypto'
import type { SignedStatement } from '@epione/crypto'
import { REPRESENTATIONS_EVER_MAX } from '@epione/protocol'
import { currentTime, identityKeyOf, networkIdHex } from '../context/context.ts'
import type { PatientContext, TokenContext } from '../context/context.ts'
import { draftStatement } from '../context/statements.ts'
import { submitThroughOwn } from '../context/submit.ts'
import type { Done, Written } from '../context/submit.ts'
import { ClientError } from '../errors.ts'
import { readDirectory, readShownDirectory } from '../keys/directory.ts'
import { readOwnDirectory } from '../keys/patient.ts'
import type { GuardianContext } from '../recovery/guardian-key.ts'
import { requireRepresenting, sealActingKeys } from './acting.ts'
import { openRepresentation, parseOffer, parseRepresentation } from './files.ts'
import type { RepresentationFile, RepresentationOffer } from './files.ts'

export interface RepresentationWanted {
  patientId: string
  /** HL7 v3 code, lowercase: `prn`, `guard`, `poa`… */ relation: string
  notAfter: number
  /** How the patient knows the representative; in files alone. */ name: string
}

/** What is agreed on, as people compare it. */
export interface RepresentationShown {
  patientId: string
  representationId: string
  name: string
  relation: string
  notAfter: number
  /** Of the representative's signing key. */
  fingerprint: string
}

/** Offers to act for a patient, with keys of its own that nothing has named yet; the offer's text. */
export async function offerRepresentation (
  context: GuardianContext, { patientId, relation, notAfter, name }: RepresentationWanted
): Promise<RepresentationShown & { file: string }> {
  const { representations } = await readDirectory(context, patientId)
  const numbers = Array.from({ length: REPRESENTATIONS_EVER_MAX }, (_, i) => i + 1)
  const own = numbers.map((number) => context.keys.representative(patientId, number))
    .find(({ signing }) => !representations.some((r) => r.representativeKey === signing.publicKey().toHex()))
  if (own === undefined) throw new ClientError('REFUSED', 'You have acted for this patient too often: make another phrase.', { patientId })
  const draft = draftStatement(context, 'Representation', {
    patientId,
    representativeKey: own.signing.publicKey().toHex(),
    receivingKey: own.receiving.publicKey().toHex(),
    relation,
    notAfter
  })
  const offer: RepresentationOffer = {
    type: 'epione/representation-offer',
    networkId: networkIdHex(context),
    name,
    statement: signStatement({ type: 'Representation', networkId: context.networkId, body: JSON.parse(draft.text) as object, keys: [own.signing] })
  }
  return { ...show(context, offer), file: `${JSON.stringify(offer)}\n` }
}

/**
 * Names the representative who made an offer, as the patient or, of an infant, as the custodian who has the phrase. What acting needs is
 * sealed to them; the registration desk confirms the file, and the representative accepts it. @throws {ClientError} USAGE, DECLINED
 */
export async function nameRepresentative (
  context: PatientContext, text: string, approve: (shown: RepresentationShown) => Promise<boolean>
): Promise<RepresentationShown & { file: string }> {
  const offer = parseOffer(context, text)
  const { id, body, signers } = openRepresentation(context, offer)
  if (body.patientId !== context.patientId) {
    throw new ClientError('USAGE', `The offer is for patient ${body.patientId}.`, { patientId: body.patientId })
  }
  if (signers.join() !== body.representativeKey) throw new ClientError('USAGE', 'The offer is not signed by the representative it names.')
  if (body.submitBefore < currentTime(context)) throw new ClientError('USAGE', 'The offer is older than a day: ask for a new one.')
  const directory = await readOwnDirectory(context)
  const shown = show(context, offer)
  if (!await approve(shown)) throw new ClientError('DECLINED', 'Nothing was signed.', { ...shown })
  const statement = cosignStatement(offer.statement, context.networkId, identityKeyOf(context))
  return { ...shown, file: fileOf(context, { statement, name: offer.name, sealed: sealActingKeys(context, directory, { id, ...body }) }) }
}

/**
 * The file anew for a representative in force, with the keys that there are by now. @throws {ClientError} NOT_FOUND, REPRESENTATION_ENDED
 */
export async function handOutKeys (
  context: PatientContext, representationId: string, name: string
): Promise<RepresentationShown & { file: string }> {
  const directory = await readOwnDirectory(context)
  const representation = directory.representations.find(({ id }) => id === representationId)
  const { representations = [] } = await readShownDirectory(context, context.patientId)
  const stored = representations.find((r) => r.representation.id === representationId)
  if (representation === undefined || stored === undefined) {
    throw new ClientError('NOT_FOUND', `You have no representative ${representationId}.`, { representationId })
  }
  requireRepresenting(representation, currentTime(context))
  const { statement } = stored.representation
  return {
    ...show(context, { statement, name }),
    file: fileOf(context, { statement, name, sealed: sealActingKeys(context, directory, representation) })
  }
}

export interface RepresentationConfirmed extends Written { patientId: string, representationId: string, relation: string, notAfter: number }

/** Brings a representation to the ledger; the registrar whose token is given has both people before them. */
export async function confirmRepresentation (context: TokenContext, text: string): Promise<Done<RepresentationConfirmed>> {
  const { statement } = parseRepresentation(context, text)
  const { id, body: { patientId, relation, notAfter } } = openRepresentation(context, { statement })
  const own = { patientId, representationId: id, relation, notAfter }
  return submitThroughOwn<RepresentationConfirmed>(context, {
    statementId: id,
    send: async (gateway) => ({ ...await gateway.lifetime.represent(patientId, statement, id, context.token.authorize), ...own }),
    recover: (written) => ({ ...own, ...written })
  })
}

function fileOf (context: PatientContext, more: Pick<RepresentationFile, 'statement' | 'name' | 'sealed'>): string {
  const file: RepresentationFile = { type: 'epione/representation', networkId: networkIdHex(context), ...more }
  return `${JSON.stringify(file)}\n`
}

function show (
  context: GuardianContext | PatientContext, { statement, name }: { statement: SignedStatement, name: string }
): RepresentationShown {
  const { body: { patientId, relation, notAfter, representativeKey } } = openRepresentation(context, { statement })
  return {
    patientId,
    representationId: statementId(statement.body),
    name,
    relation,
    notAfter,
    fingerprint: PublicKey.fromHex(representativeKey).fingerprint()
  }
}
