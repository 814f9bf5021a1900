import type { GatewayApi } from './gateway-api.ts'
import { describeSilent } from './ask-two.ts'
import type { Gateways } from './gateways.ts'

/** What gateways said, the organisations that said it so, and what a patient should know of how sure it is. */
export interface Alike<T> { readonly value: T, readonly askedMspIds: string[], readonly warnings: string[] }

/** How two answers are compared: by their essence, or by a sentence about how they differ, empty when they do not. */
type Compare<T> = (ours: T, theirs: T) => string

/**
 * Asks what proves nothing by itself: staff their own hospital, a patient two of them, which have to say it alike. `compare` gives nothing
 * where they do, else what the other says, such as "otherwise". Undefined when no hospital has an answer for the patient.
 */
export async function askOwnOrTwo<T> (
  { gateways, role }: { gateways: Gateways, role: string },
  ask: (gateway: GatewayApi) => Promise<T>,
  compare: Compare<T>
): Promise<Alike<T> | undefined> {
  const { own } = gateways
  if (role !== 'patient') return { value: await ask(own), askedMspIds: [own.info.mspId], warnings: [] }
  const { answers: [first, second], silent } = await gateways.askTwoFound(ask)
  if (first === undefined) return undefined
  const { gateway: { info: { mspId } }, value } = first
  if (second === undefined) {
    return { value, askedMspIds: [mspId], warnings: [`Only ${mspId} says so: nobody else confirms it. ${describeSilent(silent)}`.trim()] }
  }
  const other = second.gateway.info.mspId
  const difference = compare(value, second.value)
  if (difference === '') return { value, askedMspIds: [mspId, other], warnings: [] }
  return { value, askedMspIds: [mspId], warnings: [`${other} says ${difference}; this is what ${mspId} says.`] }
}

/** The answer with whom it is of; `warnings` only where there are some. */
export function withWarnings<T extends object> (
  { value, askedMspIds, warnings }: Alike<T>, ...before: string[]
): T & { askedMspIds: string[], warnings?: string[] } {
  const all = [...before, ...warnings]
  return { ...value, askedMspIds, ...(all.length === 0 ? {} : { warnings: all }) }
}
