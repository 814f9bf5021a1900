import fc from 'fast-check'
import { registerHooks } from 'node:module'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { determineHitLimitReached, DryRunStatus, TestStatus, toMutantRunResult } from '@stryker-mutator/api/test-runner'
import { registered, within } from './harness.ts'
import type { InstrumenterContext } from '@stryker-mutator/api/core'
import type {
  CompleteDryRunResult, DryRunResult, MutantRunOptions, MutantRunResult, TestResult, TestRunner, TestRunnerCapabilities
} from '@stryker-mutator/api/test-runner'
import type { TestBody } from './harness.ts'

/**
 * Runs the tests of protocol/src/policy for each change that Stryker makes there, in its own process. Sources and tests are loaded once,
 * with all changes in them; Stryker switches on one of them and names the tests that reach it. What counts while the files load has them
 * loaded anew. The first failure ends a run; an endless loop ends by Stryker's count of hits, or with this process, by its time.
 * What another program decides (Cedar) is left to the tests themselves.
 */
const FILES = [
  'effective-record', 'policy/facts', 'policy/follow', 'policy/policy-1', 'policy/policy-rules', 'policy/reasons', 'policy/prohibitions',
  'policy/emergency', 'policy/readers', 'policy/explain', 'policy/policy-document', 'decision', 'consent-terms', 'policy/policy-properties',
  'policy/policy-diff'
]
/** Files that are loaded anew: the policy, whatever imports it, and the tests. */
const RELOADED = /\/(protocol\/src\/(policy\/|index\.ts|shapes\/network\.ts)|test\/(unit|helpers)\/)/
const LIBRARIES = ['@epione/crypto', 'typebox', 'typebox/value', '@noble/curves/secp256k1.js']
const HARNESS = new URL('harness.ts', import.meta.url).href

const stryker: InstrumenterContext = Object.assign(globalThis, { __stryker__: {} }).__stryker__
let loads = 0
let started = 0

interface PolicyTest { id: string, body: TestBody, tookMs: number }

const BuiltInMap = WeakMap

/** What the policy keeps by identity counts for one test alone: the next one reaches, and makes, all of it anew. */
class PerTestMap<K extends WeakKey, V> extends WeakMap<K, V> {
  readonly #madeIn = new BuiltInMap<K, number>()

  override get (key: K): V | undefined {
    return this.#madeIn.get(key) === started ? super.get(key) : undefined
  }

  override set (key: K, value: V): this {
    this.#madeIn.set(key, started)
    return super.set(key, value)
  }
}

class PolicyTestRunner implements TestRunner {
  #tests: readonly PolicyTest[] = []

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
        return RELOADED.test(found.url) ? { ...found, url: `${found.url}?load=${String(loads)}` } : found
      }
    })
    // Libraries are loaded here and keep their maps; what is loaded anew has those of one test.
    for (const library of LIBRARIES) await import(library)
    globalThis.WeakMap = PerTestMap
    this.#tests = await load()
  }

  async dryRun (): Promise<DryRunResult> {
    const result = await run(this.#tests)
    const failed = result.tests.find((test) => test.status === TestStatus.Failed)
    if (failed !== undefined) return { status: DryRunStatus.Error, errorMessage: `${failed.id}: ${failed.failureMessage}` }
    return { ...result, ...(stryker.mutantCoverage !== undefined && { mutantCoverage: stryker.mutantCoverage }) }
  }

  async mutantRun (options: MutantRunOptions): Promise<MutantRunResult> {
    const { activeMutant, mutantActivation, testFilter, hitLimit, reloadEnvironment } = options
    const isStatic = mutantActivation === 'static'
    const hitCount = hitLimit === undefined ? undefined : 0
    Object.assign(stryker, { activeMutant: isStatic ? activeMutant.id : undefined, hitCount, hitLimit })
    try {
      if (isStatic || reloadEnvironment) this.#tests = await load()
    } catch (error) {
      return toMutantRunResult(failedLoad(error))
    }
    stryker.activeMutant = activeMutant.id
    const wanted = testFilter === undefined ? this.#tests : this.#tests.filter(({ id }) => testFilter.includes(id))
    const result = await run(wanted)
    return toMutantRunResult(determineHitLimitReached(stryker.hitCount, hitLimit) ?? result)
  }
}

/** The tests as they stand, loaded anew with everything that they test. */
async function load (): Promise<PolicyTest[]> {
  loads += 1
  started += 1
  const tests: PolicyTest[] = []
  for (const file of FILES) {
    registered.length = 0
    await import(pathToFileURL(`test/unit/protocol/${file}.test.ts`).href)
    tests.push(...registered.map(({ name, body }) => ({ id: `${file}: ${name}`, body, tookMs: 0 })))
  }
  return tests
}

/** Runs those that take least time first, until one fails. */
async function run (tests: readonly PolicyTest[]): Promise<CompleteDryRunResult> {
  const results: TestResult[] = []
  for (const test of tests.toSorted((a, b) => a.tookMs - b.tookMs)) {
    const result = await runOne(test)
    results.push(result)
    if (result.status === TestStatus.Failed) break
  }
  return { status: DryRunStatus.Complete, tests: results }
}

async function runOne (test: PolicyTest): Promise<TestResult> {
  const { id } = test
  const began = performance.now()
  started += 1
  stryker.currentTestId = id
  const told = (): { id: string, name: string, timeSpentMs: number } => ({ id, name: id, timeSpentMs: performance.now() - began })
  try {
    await test.body(within)
    test.tookMs = performance.now() - began
    return { ...told(), status: TestStatus.Success }
  } catch (error) {
    return { ...told(), status: TestStatus.Failed, failureMessage: String(error) }
  } finally {
    delete stryker.currentTestId
  }
}

function failedLoad (error: unknown): CompleteDryRunResult {
  const test = { id: 'load', name: 'load', timeSpentMs: 0, status: TestStatus.Failed as const, failureMessage: String(error) }
  return { status: DryRunStatus.Complete, tests: [test] }
}

export const strykerPlugins = [{ kind: 'TestRunner', name: 'policy', injectableClass: PolicyTestRunner }]
