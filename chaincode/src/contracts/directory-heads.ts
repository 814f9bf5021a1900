import { LedgerError } from '../errors.ts'
import { LEDGER_KEYS } from '../model/index.ts'
import type { ProxyState } from '../model/index.ts'
import type { LedgerContext } from './context.ts'
import type { BindingHead, DirectoryHead } from './stored.ts'

type Compartment = DirectoryHead['compartments'][number]

/** The patient's present keys. @throws {LedgerError} PATIENT_UNKNOWN */
export async function loadDirectory (ctx: LedgerContext, patientId: string): Promise<DirectoryHead> {
  const head = await ctx.state.get<DirectoryHead>(LEDGER_KEYS.directoryHead(patientId))
  if (head === undefined) throw new LedgerError('PATIENT_UNKNOWN', `No directory of patient ${patientId} is on the ledger; publish it first.`)
  return head
}

/** The compartment of `label`, when `epoch` is its newest one. @throws {LedgerError} COMPARTMENT_UNKNOWN, COMPARTMENT_OUTDATED */
export function findCompartment ({ compartments }: DirectoryHead, { label, epoch }: { label: string, epoch: number }): Compartment {
  const compartment = compartments.find((c) => c.label === label)
  if (compartment === undefined) throw new LedgerError('COMPARTMENT_UNKNOWN', `The patient's directory lists no compartment ${label}.`)
  if (compartment.epoch !== epoch) throw new LedgerError('COMPARTMENT_OUTDATED', `Use epoch ${String(compartment.epoch)} of compartment ${label}, its newest one; ${String(epoch)} is not.`)
  return compartment
}

/** A person's present keys. @throws {LedgerError} BINDING_MISSING */
export async function loadBinding (ctx: LedgerContext, { mspId, staffId }: { mspId: string, staffId: string }): Promise<BindingHead> {
  const head = await ctx.state.get<BindingHead>(LEDGER_KEYS.bindingHead(mspId, staffId))
  if (head === undefined) throw new LedgerError('BINDING_MISSING', `${mspId}/${staffId} has bound no keys; submit a KeyBinding first.`)
  return head
}

/** An organisation's proxy. @throws {LedgerError} PROXY_UNKNOWN */
export async function loadProxy (ctx: LedgerContext, mspId: string): Promise<ProxyState> {
  const proxy = await ctx.state.get<ProxyState>(LEDGER_KEYS.proxy(mspId))
  if (proxy === undefined) throw new LedgerError('PROXY_UNKNOWN', `${mspId} has registered no proxy; its admin submits Directory:RegisterProxy.`)
  return proxy
}
