import { CryptoError, sha256, toHex, utf8, verifyStatement } from '@epione/crypto'
import { SchemaMismatch, checkStatementBody } from '../index.ts'
import { Refusal } from './refusal.ts'
import type { SignedStatement, StatementBody, StatementType, StoredStatement } from '../index.ts'
import type { Subject } from './refusal.ts'

/** A statement of which every signature and the schema are proven; whether its signers may say it is judged with what it rests on. */
export interface ProvenStatement<T extends StatementType> {
  readonly id: string
  readonly body: StatementBody<T>
  /** Hex keys whose signatures were verified, each once. */
  readonly signers: readonly string[]
}

/** Verifies signatures, type and schema of a statement from outside. @throws {Refusal} STATEMENT_MALFORMED, SIGNATURE_INVALID */
export function openStatement<T extends StatementType> (
  type: T, statement: SignedStatement, networkId: Uint8Array, subject: Subject = { kind: 'statement', name: type }
): ProvenStatement<T> {
  try {
    const { id, type: actual, body, signers } = verifyStatement(statement, networkId)
    if (actual !== type) throw new Refusal('STATEMENT_MALFORMED', subject, `it is a ${actual}, no ${type}`)
    return { id, body: checkStatementBody(type, body), signers }
  } catch (error) {
    if (error instanceof SchemaMismatch) throw new Refusal('STATEMENT_MALFORMED', subject, error.message, { cause: error })
    if (!(error instanceof CryptoError)) throw error
    const code = error.code === 'SIGNATURE_INVALID' ? error.code : 'STATEMENT_MALFORMED'
    throw new Refusal(code, subject, `${error.code}: ${error.message}`, { cause: error })
  }
}

/** Verified statements kept per reader: about 2 KiB each, so some 10 MiB. */
const CACHE_ENTRIES = 4096

/**
 * Verifies statements against one network and remembers which exact bytes it has verified, because one ECDSA
 * verification costs about a millisecond and the same directories, bindings and consents come again and again.
 */
export class StatementReader {
  /** The network whose statements it reads, 32 bytes. */
  readonly networkId: Uint8Array
  readonly #verified = new Map<string, ProvenStatement<StatementType>>()

  constructor (networkId: Uint8Array) {
    this.networkId = networkId
  }

  /** As `openStatement`. `subject`: what it is a part of. @throws {Refusal} STATEMENT_MALFORMED, SIGNATURE_INVALID */
  read<T extends StatementType> (type: T, statement: SignedStatement, subject?: Subject): ProvenStatement<T> {
    const key = `${type}/${toHex(sha256(utf8(statement.body)))}/${statement.signatures.map((s) => s.key + s.signature).join('/')}`
    const known = this.#verified.get(key)
    if (known !== undefined) return known
    const verified = openStatement(type, statement, this.networkId, subject)
    if (this.#verified.size >= CACHE_ENTRIES) this.#forgetOldest()
    this.#verified.set(key, verified)
    return verified
  }

  /** The same of a statement that the ledger holds under an id. @throws {Refusal} also ID_MISMATCH */
  readStored<T extends StatementType> (
    type: T,
    stored: StoredStatement,
    subject: Subject = { kind: 'statement', name: type }
  ): ProvenStatement<T> {
    const verified = this.read(type, stored.statement, subject)
    if (verified.id !== stored.id) throw new Refusal('ID_MISMATCH', subject, `the ${type} kept as ${stored.id} has the id ${verified.id}`)
    return verified
  }

  #forgetOldest (): void {
    const oldest = this.#verified.keys().next()
    if (oldest.done !== true) this.#verified.delete(oldest.value)
  }
}
