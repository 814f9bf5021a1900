import { Value } from 'typebox/value'
import type { WriteCard } from '@epione/protocol'
import { SignedStatement } from '@epione/protocol'
import { PublicKey, patientIdOf } from '@epione/crypto'
import { openStatement } from '@epione/protocol/verify'
import type { Compartment, VerifiedDirectory } from '@epione/protocol/verify'
import { identityKeyOf } from '../context/context.ts'
import type { ClientContext, PatientContext } from '../context/context.ts'
import { parseHandedOn, throwDamaged } from '../files/damaged-file.ts'
import { categoryOfLabel, newestCompartment } from './directory.ts'
import { ClientError } from '../errors.ts'
import { judgedWith, refuse } from '../context/judge.ts'
import type { Blame } from '../context/judge.ts'
import { readyOwnKeys } from '../search/search-keys.ts'
import { makeStatement } from '../context/statements.ts'

const BLAME: Blame = { code: 'CARD_INVALID', what: 'This write card', party: { kind: 'card' } }
/** The category that every card names: whoever finds no better one writes here. */
const INBOX = 'inbox'

export interface CardMade { patientId: string, directoryVersion: number, categories: string[], card: string }

/**
 * Makes the signed list label -> category with which a hospital can write for this patient. It stays off the ledger; `inbox`
 * is always on it. Returns the text of the card's file.
 */
export async function makeCard (context: PatientContext, categories?: readonly string[]): Promise<CardMade> {
  const { directory, keys: searchKeys } = await readyOwnKeys(context, categories === undefined ? undefined : [...categories, INBOX])
  const { newest } = directory
  const compartments = newest.compartments.flatMap(({ label, level, epoch, key }) => {
    const category = categoryOfLabel(context.keys, label)
    const isWanted = category !== undefined && (categories === undefined || category === INBOX || categories.includes(category))
    const search = searchKeys.find((one) => one.label === label && one.epoch === epoch)
    const searchKey = search === undefined ? {} : { searchKey: { issue: search.issue, key: search.key } }
    return isWanted ? [{ category, label, level, epoch, key, ...searchKey }] : []
  })
  // The first identity key is the one that the patient id is made of; a later one signs, too, because it alone counts now.
  const first = context.keys.identity()
  const others = directory.identityKey === first.publicKey().toHex() ? [] : [identityKeyOf(context)]
  const { statement } = makeStatement(context, 'WriteCard', {
    patientId: context.patientId,
    identityKey: first.publicKey().toHex(),
    directoryVersion: newest.version,
    compartments
  }, [first, ...others])
  return {
    patientId: context.patientId,
    directoryVersion: newest.version,
    categories: compartments.map((c) => c.category),
    card: `${JSON.stringify(statement)}\n`
  }
}

/** A card of which every signature is proven. */
export interface OpenedCard extends WriteCard { readonly signers: readonly string[] }

/**
 * Verifies a card's signature up to its patient id: what an author goes by, in place of any gateway's word. @throws {ClientError}
 * CARD_INVALID, FILE_DAMAGED
 */
export function openCard (context: ClientContext, text: string): OpenedCard {
  const card = parseCard(text)
  const { body, signers } = judgedWith(BLAME, () => openStatement('WriteCard', card, context.networkId))
  if (!signers.includes(body.identityKey)) refuse(BLAME, 'it is not signed by the identity key it names')
  if (patientIdOf(PublicKey.fromHex(body.identityKey)) !== body.patientId) {
    refuse(BLAME, 'its identity key does not belong to its patient id')
  }
  return { ...body, signers }
}

/** @throws {ClientError} FILE_DAMAGED */
function parseCard (text: string): SignedStatement {
  const card: unknown = parseHandedOn(text, 'The write card')
  return Value.Check(SignedStatement, card)
    ? card
    : throwDamaged('The write card', 'other-type', 'is no signed statement: a card is what "epione patient card" writes')
}

/**
 * The compartment to write to for a category of the card, with its newest key of the patient's directory.
 * A card from before a change of the identity key does not count any more. @throws {ClientError} CARD_INCOMPLETE, COMPARTMENT_MISMATCH
 */
export function compartmentOfCard (card: OpenedCard, directory: VerifiedDirectory, category: string): Compartment {
  if (directory.versions[0]?.body.identityKey !== card.identityKey) {
    throw mismatch(card, 'the directory shown has another identity key than the card')
  }
  if (!card.signers.includes(directory.identityKey)) {
    throw mismatch(card, 'the patient has changed the identity key since: ask for a new card')
  }
  if (directory.newest.version < card.directoryVersion) {
    throw mismatch(
      card,
      `the directory shown is older (version ${directory.newest.version}) than the card (version ${card.directoryVersion})`
    )
  }
  const listed = card.compartments.find((c) => c.category === category)
  if (listed === undefined) {
    throw new ClientError('CARD_INCOMPLETE', `This card names no compartment for "${category}": add the record to ${INBOX}, the patient sorts it.`, {
      categories: card.compartments.map((
        c
      ) =>
        c.category)
    })
  }
  const newest = newestCompartment(directory, listed.label)
  if (newest === undefined || newest.epoch < listed.epoch) {
    throw mismatch(card, `the directory shown lacks the compartment that the card names for ${category}`)
  }
  if (newest.epoch === listed.epoch && newest.key !== listed.key) {
    throw mismatch(card, `card and directory name different keys for ${category}`)
  }
  return newest
}

/** Which search key a card names for a compartment. */
export type CardKey = NonNullable<WriteCard['compartments'][number]['searchKey']>

export function cardKeyOf (card: OpenedCard, { label, epoch }: Pick<Compartment, 'label' | 'epoch'>): CardKey | undefined {
  return card.compartments.find((c) => c.label === label && c.epoch === epoch)?.searchKey
}

/** Refuses a search key that is older than the card's, or other than it in the same issue. @throws {ClientError} COMPARTMENT_MISMATCH */
export function requireCardKey (patientId: string, named: CardKey | undefined, shown: CardKey | undefined): void {
  if (named === undefined) return
  if (shown === undefined || shown.issue < named.issue) throw mismatch({ patientId }, 'the search key shown is older than the card\'s')
  if (shown.issue === named.issue && shown.key !== named.key) throw mismatch({ patientId }, 'card and ledger name different search keys')
}

function mismatch (card: Pick<WriteCard, 'patientId'>, why: string): ClientError {
  return new ClientError('COMPARTMENT_MISMATCH', `Nothing was sealed: ${why}.`, {
    party: { kind: 'organizations' },
    patientId: card.patientId
  })
}
