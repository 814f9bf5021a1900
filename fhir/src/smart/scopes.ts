import type { Capability } from '@epione/protocol/fhir'
import { allowedBy } from '../callers.ts'
import type { Interaction } from '../callers.ts'

/** SMART's letters of what can be done here with each type, in its order. */
const LETTERS: ReadonlyArray<readonly [Interaction, Capability['interactions'][number]]> = [['c', 'create'], ['r', 'read'], ['u', 'update'], ['s', 'search-type']]

type Offered = ReadonlyArray<readonly [type: string, letters: readonly Interaction[]]>

/** What there are scopes for. */
export function offeredScopes (capabilities: readonly Capability[]): Offered {
  return capabilities.map(({ type, interactions }) =>
    [type, LETTERS.flatMap(([letter, interaction]) => interactions.includes(interaction) ? [letter] : [])])
}

export const formatScopes = (scopes: Offered): string[] =>
  scopes.flatMap(([type, letters]) => letters.length === 0 ? [] : [`system/${type}.${letters.join('')}`])

/** What of the scopes that are asked for is let, each spelt out by type; empty for nothing. */
export function grantScopes (offered: Offered, asked: string, most: string): string {
  const [isWanted, isLet] = [allowedBy(asked), allowedBy(most)]
  return formatScopes(offered.map(([type, letters]) => [type, letters.filter((letter) => isWanted(type, letter) && isLet(type, letter))])).join(' ')
}
