import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import t from 'tap'
import { createOpenapiDocument } from '../../../gateway/src/admin/openapi.ts'

const FILE = join(import.meta.dirname, '..', '..', '..', 'gateway', 'openapi.json')

interface Operation {
  operationId?: string
  tags?: string[]
  summary?: string
  responses: Record<string, object>
}
interface Document { openapi: string, paths: Record<string, Record<string, Operation>> }

t.test('the committed API document is the one that the routes give', async (t) => {
  const generated = JSON.stringify(await createOpenapiDocument(), null, 2)
  t.equal((await readFile(FILE, 'utf8')).trimEnd(), generated, 'after a change: npm run openapi -w gateway')
})

t.test('every operation has an id of its own, a tag, a summary and schemas for its failures', async (t) => {
  const document = await createOpenapiDocument() as Document
  t.match(document.openapi, /^3\.1/)
  const operations = Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({ name: `${method} ${path}`, ...operation })))
  t.ok(operations.length > 25)
  t.equal(new Set(operations.map((o) => o.operationId)).size, operations.length)
  for (const { name, operationId, tags, summary, responses } of operations) {
    t.ok(operationId !== undefined && tags?.length === 1 && summary !== undefined, name)
    t.notOk('4XX' in responses || '5XX' in responses || 'default' in responses, `${name}: each status is named`)
    for (const status of ['400', '404', '429', '500', '503']) t.ok(status in responses, `${name}: ${status}`)
    t.ok(Object.keys(responses).some((status) => status.startsWith('2')), `${name}: success`)
  }
})
