import type { FastifyRequest } from 'fastify'
import { parseScopes } from '@epione/protocol/api'
import { FhirError } from './errors.ts'

/** What may be done with a type of resource, in SMART's letters. */
export type Interaction = 'c' | 'r' | 'u' | 's'

/** A program that calls this service: cursors, transactions and exports are its own. */
export interface Caller {
  readonly id: string
  /** Whether its scopes let it do this with resources of a type. */
  readonly allows: (type: string, interaction: Interaction) => boolean
  /** What it may read for, where that is not everything. */
  readonly purposes?: readonly string[] | undefined
}

/** Who holds the token of the home: the person's own programs, which may do what the person may. */
export const HOME: Caller = { id: 'home', allows: () => true }

/** What scopes of SMART let a program do that acts without a user. */
export function allowedBy (scope: string): Caller['allows'] {
  const granted = parseScopes(scope)
  return (type, interaction) => granted.allows(`system/${type}.${interaction}`)
}

/** Whether a caller may both search a type and read what is found. */
export const mayFind = ({ allows }: Caller, type: string): boolean => allows(type, 'r') && allows(type, 's')

declare module 'fastify' {
  interface FastifyRequest {
    /** Who calls; `HOME` until it is known where nobody needs to be. */
    caller: Caller
  }
  interface FastifyContextConfig {
    /**
     * Who may call: anybody (`open`), every known caller (`any`), whoever has the scope for a type; absent: who holds the home's token
     * alone.
     */
    access?: 'open' | 'any' | readonly [type: string, interaction: Interaction]
  }
}

/** @throws {FhirError} SCOPE_MISSING */
export function requireScope ({ caller }: FastifyRequest, type: string, interaction: Interaction): void {
  if (!caller.allows(type, interaction)) throw missingScope(`system/${type}.${interaction}`)
}

export const missingScope = (scope: string): FhirError =>
  new FhirError('SCOPE_MISSING', `this takes the scope ${scope}, which your token does not have: ask for a token with it, if this service lets you`)
