import { canonicalize, toHex } from '@epione/crypto'
import type { KeyRing } from '@epione/crypto'
import { CertificateKey } from '@epione/crypto/certificate-key'
import { checkProposal, checkTransaction, SigningRefused } from '@epione/ledger/signing'
import type { CheckedProposal } from '@epione/ledger/signing'
import type { Operation } from '@epione/protocol/api'
import { VERSIONS_MAX } from '@epione/protocol'
import { Type } from 'typebox'
import { Value } from 'typebox/value'
import { ClientError } from '../errors.ts'
import { fromBase64 } from '../streams/base64.ts'
import type { AnswerSigning, SignTransactions } from '../gateways/sign-transactions.ts'

/** What a gateway asks to be signed: a member of its SIGNATURE_REQUIRED. `bytes` in base64; `header` comes before the signature. */
const Signing = Type.Object({
  signing: Type.Object({
    txId: Type.String({ pattern: '^[0-9a-f]{64}$' }),
    stage: Type.Enum(['proposal', 'transaction']),
    bytes: Type.String({ maxLength: 8 * 1024 * 1024 }),
    header: Type.String({ pattern: '^[0-9a-f]{32}\\.[0-9a-f]{64}\\.(proposal|transaction)\\.$' })
  })
})
/** How many signatures one call may need: two for each transaction, and a batch that falls apart is as many as it has statements. */
const SIGNATURES_MAX = 160

export interface SignerOptions {
  keys: KeyRing
  mspId: string
  /** Where the own network's contracts are, by its description. */
  channel: string
  chaincode: string
  /** ms; the system's clock when absent. */
  now?: () => number
}

/**
 * Signs, with the key of a practitioner's own certificate, the transactions that this device asked for and no others: of each proposal
 * everything is compared with the request that is under way, of each transaction everything with the proposal that was signed.
 */
export class TransactionSigner implements SignTransactions {
  readonly #options: SignerOptions

  constructor (options: SignerOptions) {
    this.#options = options
  }

  begin (operation: Operation, body: unknown): AnswerSigning {
    const proposals = new Map<string, CheckedProposal>()
    const statements = new Set(statementsOf(body).map((statement) => canonicalize(statement)))
    const isAsked = (transaction: string, args: readonly string[]): boolean =>
      operation.underCaller?.some((name) => name === transaction) === true && isOnlyOf(statements, args)
    let signatures = 0
    return (problem) => {
      if (++signatures > SIGNATURES_MAX || !Value.Check(Signing, problem)) throw this.#refused(new Error('an answer of another form, or one too many'))
      const { txId, stage, bytes, header } = problem.signing
      try {
        const signed = fromBase64(bytes)
        const key = stage === 'proposal' ? this.#checkProposal(proposals, signed, isAsked) : this.#checkTransaction(proposals.get(txId), signed)
        return header + toBase64Url(key.sign(signed))
      } catch (error) {
        throw this.#refused(error)
      }
    }
  }

  #checkProposal (
    proposals: Map<string, CheckedProposal>, bytes: Uint8Array, isAsked: (name: string, args: readonly string[]) => boolean
  ): CertificateKey {
    const { mspId, channel, chaincode, keys, now = Date.now } = this.#options
    let own: CertificateKey | undefined
    const isOwn = (certificate: string): boolean => {
      own = findCertificateKey(keys, certificate)?.key
      return own !== undefined
    }
    const proposal = checkProposal(bytes, { mspId, channel, chaincode, isOwn, isAsked, now: now() })
    if (own === undefined) throw new TypeError('a proposal was taken whose certificate nobody looked at')
    proposals.set(proposal.txId, proposal)
    return own
  }

  #checkTransaction (proposal: CheckedProposal | undefined, bytes: Uint8Array): CertificateKey {
    if (proposal === undefined) throw new Error('a transaction of no proposal that this device signed')
    checkTransaction(bytes, proposal)
    const found = findCertificateKey(this.#options.keys, proposal.certificate)
    if (found === undefined) throw new TypeError('a proposal was taken under another certificate')
    return found.key
  }

  #refused (cause: unknown): ClientError {
    const { mspId } = this.#options
    const why = cause instanceof Error ? cause.message : String(cause)
    return new ClientError('ECHO_MISMATCH', `The gateway of ${mspId} asks this device to sign what it did not ask for. ${why}`, {
      party: { kind: 'gateway', mspId },
      ...(cause instanceof SigningRefused && { difference: cause.difference })
    }, { cause })
  }
}

/** Which certificate key of a phrase a certificate, PEM, is for, found by trying; undefined for none. */
export function findCertificateKey (keys: KeyRing, certificate: string): { key: CertificateKey, number: number } | undefined {
  const held = toHex(derOf(certificate))
  for (let number = 1; number <= VERSIONS_MAX; number += 1) {
    const key = CertificateKey.fromSeed(keys.certificateSeed(number))
    if (held.includes(toHex(key.publicKeyInfo))) return { key, number }
  }
  return undefined
}

/** Nothing for what is no PEM of one certificate: it is of no key then. */
function derOf (pem: string): Uint8Array {
  const [, base64 = ''] = /^-----BEGIN CERTIFICATE-----\n([A-Za-z0-9+/=\n]+)-----END CERTIFICATE-----\n*$/.exec(pem) ?? []
  return fromBase64(base64.replaceAll('\n', ''))
}

/** The signed statements that a request brings. */
function statementsOf (body: unknown): unknown[] {
  const { statement, statements = [] } = body as { statement?: unknown, statements?: unknown[] }
  return statement === undefined ? statements : [statement, ...statements]
}

/** One argument: a statement of the request, or a list of some of them. */
function isOnlyOf (statements: ReadonlySet<string>, args: readonly string[]): boolean {
  const [argument, ...others] = args
  if (argument === undefined || others.length > 0) return false
  try {
    const given = [JSON.parse(argument) as unknown].flat()
    return given.length > 0 && given.every((statement) => statements.has(canonicalize(statement)))
  } catch {
    // What is no canonical JSON is none of the statements.
    return false
  }
}

function toBase64Url (bytes: Uint8Array): string {
  return btoa(String.fromCharCode(...bytes)).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '')
}
