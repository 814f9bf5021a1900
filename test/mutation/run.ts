import { glob } from 'node:fs/promises'
import { pathToFileURL } from 'node:url'

/**
 * The tests that `npm run mutation` runs once for each change that it makes in protocol/src/policy: all in this one process, which ends
 * with the first failure. What another program decides (Cedar) is left to the tests themselves.
 */
process.env['TAP_BAIL'] = '1'
for await (const file of glob(['test/unit/protocol/policy/*.test.ts', 'test/unit/protocol/{decision,effective-record}.test.ts'])) {
  if (!file.endsWith('cedar.test.ts')) await import(pathToFileURL(file).href)
}
