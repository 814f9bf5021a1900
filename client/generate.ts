import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import openapi, { astToString } from 'openapi-typescript'
import type { OpenAPI3 } from 'openapi-typescript'

/**
 * Makes the types of the client of the gateway's API document.
 * Usage: node client/generate.ts [--write]   (without --write it only says whether they have drifted)
 */
const DOCUMENT = join(import.meta.dirname, '..', 'gateway', 'openapi.json')
const SCHEMA = join(import.meta.dirname, 'src', 'schema.ts')
const HEAD = '// Made of gateway/openapi.json by `npm run openapi -w gateway`: do not change it by hand.\n'
/** What only gateways and anchor services of the members may call, by certificates of theirs. */
const INSIDE = ['between gateways', 'anchors']

type Methods = Record<string, { tags?: string[] }>
type Document = OpenAPI3 & { paths: Record<string, Methods> }

/** The text of `src/schema.ts` as it should be. */
export async function generateSchema (): Promise<string> {
  const document = JSON.parse(await readFile(DOCUMENT, 'utf8')) as Document
  const paths = Object.entries(document.paths).map(([path, methods]): [string, Methods] => [path, withoutInside(methods)])
    .filter(([, methods]) => Object.keys(methods).length > 0)
  return `${HEAD}${astToString(await openapi({ ...document, paths: Object.fromEntries(paths) }, { silent: true }))}`
}

function withoutInside (methods: Methods): Methods {
  return Object.fromEntries(Object.entries(methods).filter(([, { tags = [] }]) => !tags.some((tag) => INSIDE.includes(tag))))
}

/** The committed one. */
export async function readSchema (): Promise<string> {
  return await readFile(SCHEMA, 'utf8')
}

if (import.meta.main) {
  const generated = await generateSchema()
  if (process.argv.includes('--write')) await writeFile(SCHEMA, generated)
  else if (await readSchema() !== generated) {
    process.stderr.write('client/src/schema.ts has drifted: npm run openapi -w gateway\n')
    process.exitCode = 1
  }
}
