import fc from 'fast-check'
import { registerHooks } from 'node:module'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { DryRunStatus, MutantRunStatus, TestStatus } from '@stryker-mutator/api/test-runner'
import type { DryRunResult, MutantRunOptions, MutantRunResult, TestRunner, TestRunnerCapabilities } from '@stryker-mutator/api/test-runner'

/**
 * Runs the tests of protocol/src/policy for each change that Stryker makes there, in its own process: what is changed and what tests it
 * are loaded anew, all else stays. The first failure ends a run, so those tests come first that take least time. What another program
 * decides (Cedar) is left to the tests themselves.
 */
const TESTS = [
  'effective-record', 'policy/follow', 'policy/policy-1', 'policy/policy-rules', 'policy/reasons', 'policy/prohibitions',
  'policy/emergency', 'policy/readers', 'policy/explain', 'policy/policy-document', 'decision', 'consent-terms', 'policy/policy-properties',
  'policy/policy-diff'
].map((name) => `test/unit/protocol/${name}.test.ts`)
/** Files that are loaded anew: the policy, whatever imports it, and the tests. */
const CHANGED = /\/(protocol\/src\/(policy\/|index\.ts|shapes\/network\.ts)|test\/(unit|helpers)\/)/

const HARNESS = new URL('harness.ts', import.meta.url).href
let run = 0

class PolicyTestRunner implements TestRunner {
  capabilities (): TestRunnerCapabilities {
    return { reloadEnvironment: true }
  }

  async init (): Promise<void> {
    process.env['EPIONE_TEST_MUTATION'] = '1'
    // The same cases for each change; any counterexample will do.
    fc.configureGlobal({ seed: 1, endOnFailure: true })
    // By now the process is where Stryker keeps what it changes.
    const sources = pathToFileURL(join(process.cwd(), 'protocol/src/index.ts')).href
    registerHooks({
      resolve: (specifier, context, next) => {
        if (specifier === 'tap') return { url: HARNESS, shortCircuit: true }
        const found = specifier === '@epione/protocol' ? { url: sources, shortCircuit: true } : next(specifier, context)
        return CHANGED.test(found.url) ? { ...found, url: `${found.url}?run=${run}` } : found
      }
    })
    await Promise.resolve()
  }

  async dryRun (): Promise<DryRunResult> {
    const started = performance.now()
    const failure = await runTests()
    if (failure !== undefined) return { status: DryRunStatus.Error, errorMessage: failure }
    const test = { id: 'all', name: 'all', status: TestStatus.Success as const, timeSpentMs: performance.now() - started }
    return { status: DryRunStatus.Complete, tests: [test] }
  }

  async mutantRun ({ activeMutant }: Pick<MutantRunOptions, 'activeMutant'>): Promise<MutantRunResult> {
    const failureMessage = await runTests(activeMutant.id)
    return failureMessage === undefined
      ? { status: MutantRunStatus.Survived, nrOfTests: 1 }
      : { status: MutantRunStatus.Killed, killedBy: ['all'], failureMessage, nrOfTests: 1 }
  }
}

/** The first failure, if any. */
async function runTests (activeMutant?: string): Promise<string | undefined> {
  run += 1
  Object.assign(globalThis, { __stryker__: { activeMutant } })
  for (const file of TESTS) {
    try {
      await import(pathToFileURL(file).href)
    } catch (error) {
      return `${file}: ${String(error)}`
    }
  }
  return undefined
}

export const strykerPlugins = [{ kind: 'TestRunner', name: 'policy', injectableClass: PolicyTestRunner }]
