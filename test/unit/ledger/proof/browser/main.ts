import { VerificationError, parseProof, verifyProof } from '@epione/ledger/proof'
import vectors from '../../../../vectors/proofs.json' with { type: 'json' }

/** What the page reports: each vector's verdict, or the code of its refusal. */
export interface BrowserVerdicts { userAgent: string, hasNode: boolean, verdicts: Record<string, unknown> }

async function judge (proof: unknown): Promise<unknown> {
  try {
    return await verifyProof(parseProof(JSON.stringify(proof)))
  } catch (error) {
    if (error instanceof VerificationError) return error.code
    throw error
  }
}

async function judgeAll (): Promise<void> {
  const verdicts: Record<string, unknown> = {}
  for (const { name, proof } of vectors.proofs) verdicts[name] = await judge(proof)
  const report: BrowserVerdicts = { userAgent: navigator.userAgent, hasNode: 'process' in globalThis, verdicts }
  await fetch('/report', { method: 'POST', body: JSON.stringify(report) })
}

judgeAll().catch(console.error)
