import type { Static, TObject, TSchema } from 'typebox'
import type { DelegatePower } from '../shapes/statements/patients.ts'
import type { TransactionName } from '../shapes/names.ts'
import type { Scope } from './scopes.ts'

/** Whose credentials an operation asks for: the own hospital's token, a patient's or device's session, a member gateway's certificate. */
type Credentials =
  | { by: 'anyone' }
  | {
    by: 'staff' | 'staff-or-patient'
    /** One of these is enough. */ scopes: readonly Scope[]
    /** False for people who need no certificate of their own: the registration desk and whoever enrols staff. */ enrolled?: false
  }
  | { by: 'patient' | 'device' | 'gateway' | 'own-service' }

/** An answer, and what it is given to. */
export interface Refusal { status: number, code?: string, when: string }

/** What a call leaves behind. The request log has every call: method, path, status, request id. */
export type Trace = 'request log' | 'ledger' | 'access event'

/**
 * Who may call an operation. The gateway's authentication obeys it and docs/access.md is made of it, so that neither can say
 * something else than the other; a route without it does not start.
 */
export type RouteAccess = Credentials & {
  /** Who of those with credentials is answered. */
  who: string
  /** A session of a representative opens it, too. */
  representatives?: true
  /** A session of a limited key that has this power opens it, too. */
  delegates?: DelegatePower
  /** A session of a patient's device opens it, too. */
  devices?: true
  /** What somebody else with credentials of the right kind gets; left out where there is nobody else. */
  stranger?: Refusal
  trace: Trace
}

/** Bytes as a body or an answer: no schema judges them, their CID does. */
export interface Bytes { description?: string, content: { 'application/octet-stream': { schema: TSchema } } }
/** The same of a part of a content, as tus sends it. */
export interface OffsetBytes { description?: string, content: { 'application/offset+octet-stream': { schema: TSchema } } }
/** A stream of events, each one a JSON document of the schema. */
export interface Events { description: string, content: { 'text/event-stream': { schema: TSchema } } }
/** A resource of FHIR: the specification's own schema judges it. */
export interface FhirAnswer { description: string, content: { 'application/fhir+json': { schema: TObject } } }
/** An answer without a body: all of it is said by its status and headers. */
export interface Bodiless { description: string, type: 'null' }

/**
 * One HTTP operation of a gateway: its route, the calls of clients and other gateways, its API document and its row of docs/access.md are
 * made of it.
 */
export interface Operation {
  /** Name in the API document. */
  readonly id: string
  readonly method: 'GET' | 'POST' | 'PUT' | 'HEAD' | 'PATCH' | 'DELETE' | 'OPTIONS'
  /** With a `:name` for each member of `params`. */
  readonly path: string
  readonly tags: readonly string[]
  readonly summary: string
  readonly params?: TObject
  readonly query?: TObject
  /** JSON, or bytes where `stream` is `up`. */
  readonly body?: TObject | Bytes | OffsetBytes
  /** Largest JSON body in bytes, where the gateway's own limit does not fit. */
  readonly bodyLimit?: number
  /** What is answered by status; the first success is the usual one. Refusals are problem documents, the same for all. */
  readonly answers: Readonly<Record<number, TObject | Bytes | Events | FhirAnswer | Bodiless>>
  readonly access: RouteAccess
  /**
   * Honours `Idempotency-Key` of callers whom the gateway knows. Where anybody may send a statement, the statement's own id does the same
   * work.
   */
  readonly idempotent?: true
  /**
   * Transactions that it creates under the caller's own certificate, of statements in its body and nothing else. Where the key of that
   * certificate is at the caller's device, it is answered SIGNATURE_REQUIRED until the device has signed (decision 0820).
   */
  readonly underCaller?: readonly TransactionName[]
  /** Ends or stops something: it is served also when other reads are at their limit, or only a reserve of the disk is left. */
  readonly stops?: true
  /** Body (`up`) or answer (`down`) is a stream of bytes. */
  readonly stream?: 'up' | 'down'
}

type Body<S> = S extends TObject ? Static<S> : never
type Member<O, Name extends string> = O extends Record<Name, infer S extends TObject> ? Static<S> : unknown

/** What a handler of an operation may read of its request, checked. */
export interface RequestOf<O extends Operation> { Params: Member<O, 'params'>, Querystring: Member<O, 'query'>, Body: Member<O, 'body'> }
/** What an operation answers when it succeeds, as JSON. */
export type AnswerOf<O extends Operation> = { [Status in keyof O['answers']]: Body<O['answers'][Status]> }[keyof O['answers']]

type Sent<O, Name extends string> = O extends Record<Name, infer S extends TObject>
  ? Record<Name, { [Key in keyof Static<S>]: Static<S>[Key] | undefined }>
  : unknown
type SentBody<O> = O extends { body: infer S extends TObject } ? { body: Static<S> } : unknown
/** What a caller says: members that are undefined are left out. */
export type Input<O extends Operation> = Sent<O, 'params'> & Sent<O, 'query'> & SentBody<O>

/** An operation with the types of its parts. @throws {Error} when the path has other parameters than `params` */
export function defineOperation<const O extends Operation> (operation: O): O {
  const named = [...operation.path.matchAll(/:([A-Za-z]+)/g)].map(([, name]) => name)
  const described = Object.keys(operation.params?.properties ?? {})
  if (named.length !== described.length || described.some((name) => !named.includes(name))) {
    throw new Error(`${operation.id}: path and params differ`)
  }
  return operation
}
