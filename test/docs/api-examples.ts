import { readdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { EXAMPLES_FILE, readExamples } from '../../gateway/src/http/api-examples.ts'
import type { ApiExample } from '../../gateway/src/http/api-examples.ts'

/**
 * Joins what tests recorded (`EPIONE_RECORD_EXAMPLES=FOLDER node test/run.ts unit gateway/`) with the examples of the API document: what
 * was recorded takes the place of what is there. Usage: node test/docs/api-examples.ts FOLDER
 */
/** Larger ones (bytes of JSON) explain nothing more. */
const BYTES_MAX = 6_000

/** Keeps an example of its operation and status, unless a better one is kept: with something in its lists, then the shorter one. */
export function keepBetter (kept: Map<string, ApiExample>, example: ApiExample): void {
  const key = keyOf(example)
  const known = kept.get(key)
  if (known === undefined || scoreOf(example) > scoreOf(known)) kept.set(key, example)
}

const keyOf = ({ operation, status }: ApiExample): string => `${operation} ${String(status)}`

function scoreOf (example: ApiExample): number {
  const hasEmptyLists = JSON.stringify(example.answer ?? {}).includes('[]')
  return (hasEmptyLists ? -BYTES_MAX : 0) - sizeOf(example)
}

const sizeOf = ({ body, answer }: ApiExample): number => JSON.stringify([body, answer]).length

async function main (folder: string): Promise<void> {
  const recorded = new Map<string, ApiExample>()
  for (const name of await readdir(folder)) {
    for (const example of JSON.parse(await readFile(join(folder, name), 'utf8')) as ApiExample[]) {
      if (sizeOf(example) <= BYTES_MAX) keepBetter(recorded, example)
    }
  }
  for (const example of readExamples()) {
    const key = keyOf(example)
    if (!recorded.has(key)) recorded.set(key, example)
  }
  const examples = [...recorded].sort(([a], [b]) => a < b ? -1 : 1).map(([, example]) => example)
  await writeFile(EXAMPLES_FILE, `${JSON.stringify(examples, undefined, 1)}\n`)
  process.stdout.write(`${String(examples.length)} examples\n`)
}

if (import.meta.main) await main(process.argv[2] ?? '')
