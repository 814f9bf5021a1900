import { writeFile } from 'node:fs/promises'

/** Names of the story's steps, in their order. */
const STEP_NAMES = [
  'patient-keys', 'record-registered', 'denied-without-consent', 'consent-active', 'found', 'permitted', 'cfrags-verified',
  'opened', 'measured', 'gateway-stopped', 'liar-named', 'clearing-agreed', 'audit-listed', 'revoked', 'denied-after-revocation',
  'kfrags-destroyed', 'anchored', 'proof-verified', 'tampered-proof-refused'
] as const
export type StepName = (typeof STEP_NAMES)[number]

export interface Step { name: StepName, ok: boolean, ms: number, txId?: string, block?: number }

/** What a step found; `ok` is the step's own check of it. */
export interface StepOutcome { ok: boolean, who: string, what: string, txId?: string, block?: number, ms?: number }

/** Runs steps one after the other, prints a line for each, and stops at the first that did not verify itself. */
export class Timeline {
  readonly steps: Step[] = []

  async step (name: StepName, run: () => Promise<StepOutcome>): Promise<void> {
    const started = performance.now()
    let outcome: StepOutcome
    try {
      outcome = await run()
    } catch (error) {
      outcome = { ok: false, who: '-', what: error instanceof Error ? error.message : String(error) }
    }
    const { ok, who, what, txId, block } = outcome
    const ms = outcome.ms ?? Math.round(performance.now() - started)
    this.steps.push({ name, ok, ms, ...(txId === undefined ? {} : { txId }), ...(block === undefined ? {} : { block }) })
    const ledger = txId === undefined ? '' : `tx ${txId.slice(0, 12)}… block ${String(block)}`
    console.log(
      `${ok ? 'ok  ' : 'FAIL'} ${name.padEnd(24)} ${String(ms).padStart(7)} ms  ${who.padEnd(22)} ${what}${ledger === '' ? '' : `  [${ledger}]`}`
    )
    if (!ok) throw new StepFailed(name)
  }

  get complete (): boolean {
    return STEP_NAMES.every((name) => this.steps.some((s) => s.name === name && s.ok))
  }

  async write (file: string, facts: Record<string, unknown>): Promise<void> {
    await writeFile(file, JSON.stringify({ ok: this.complete, steps: this.steps, ...facts }, null, 2) + '\n')
  }
}

class StepFailed extends Error {
  override readonly name = 'StepFailed'
  constructor (step: StepName) { super(`step ${step} did not verify itself`) }
}
