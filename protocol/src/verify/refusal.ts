/**
 * Why a statement, or what hangs together of several, is refused. The codes stand in the order of the checks: of several faults the
 * first one counts, whoever judges.
 */
export const REFUSAL_CODES = [
  /** No canonical statement of this type and schema. */
  'STATEMENT_MALFORMED',
  'SIGNATURE_INVALID',
  /** Kept under an id that is not that of its bytes. */
  'ID_MISMATCH',
  /** What it rests on is not shown. */
  'MISSING',
  /** About another patient, person, record, version, consent or network. */
  'FOREIGN',
  /** Does not follow the version before. */
  'CHAIN_BROKEN',
  /** Not signed with exactly the keys that were in force for it. */
  'SIGNER_WRONG',
  /** Keys that are no points, shared or moved. */
  'KEYS_UNFIT',
  /** The first identity key is not the one that the patient id is a hash of. */
  'PATIENT_ID_MISMATCH',
  'HANDOVERS_TOO_MANY',
  /** The patient's directory lists no such compartment. */
  'COMPARTMENT_UNKNOWN',
  /** A precursor whose maker does not know its secret, or keys of another directory version. */
  'GRANT_UNPROVEN'
] as const
export type RefusalCode = (typeof REFUSAL_CODES)[number]

/** What is judged: `name` is a patient id, `mspId/staffId`, `mspId/department`, a consent id, a record id or a statement's type. */
export interface Subject {
  readonly kind: 'statement' | 'directory' | 'binding' | 'department' | 'search-keys' | 'consent' | 'record' | 'device' | 'safety' | 'network'
  readonly name: string
}

/**
 * What the judge throws, and nothing else on purpose; each user turns it into an error of its own. `why` completes "it is refused: ...".
 */
export class Refusal extends Error {
  override readonly name = 'Refusal'
  readonly code: RefusalCode
  readonly subject: Subject
  readonly why: string

  constructor (code: RefusalCode, subject: Subject, why: string, options?: { cause?: unknown }) {
    super(`${subject.kind} ${subject.name} is refused: ${why}`, options)
    this.code = code
    this.subject = subject
    this.why = why
  }
}

/** Runs a judgement, at once or in time, and throws a refusal as what the user makes of it. */
export function judgeAs<T> (translate: (refusal: Refusal) => Error, judge: () => T): T {
  const fail = (error: unknown): never => { throw error instanceof Refusal ? translate(error) : error }
  try {
    const verdict = judge()
    return verdict instanceof Promise ? verdict.catch(fail) as T : verdict
  } catch (error) {
    return fail(error)
  }
}

/** What a judgement proves, or nothing where it refuses: an invention must neither count nor keep others from counting. */
export function provenOrNone<T> (judge: () => T): T[] {
  try {
    return [judge()]
  } catch (error) {
    if (error instanceof Refusal) return []
    throw error
  }
}
