import t from 'tap'
import { createOperationList } from '../../../gateway/src/admin/openapi.ts'
import { GATEWAY_STATUS, LEDGER_STATUS } from '../../../gateway/src/errors.ts'
import { isDescribed, PROBLEMS, problemsOf } from '../../../gateway/src/problems/catalogue.ts'
import { readPage, renderPage } from '../../docs/problems.ts'

const operations = await createOperationList()

t.test('docs/problems.md says of every code what it means, what to do and where it is', async (t) => {
  t.equal(await renderPage(), await readPage(), 'run `node test/docs/problems.ts --write` when this fails')
})

t.test('every code has its statuses, a sentence for each of its columns, and operations that may answer it', (t) => {
  t.ok(operations.length > 100)
  const answered = new Set(operations.flatMap((operation) => [...problemsOf(operation).values()].flat()))
  for (const problem of PROBLEMS) {
    const { code, statuses, means, todo } = problem
    t.ok(answered.has(problem), `${code} is of no operation`)
    for (const sentence of [means, todo]) t.match(sentence, /^[A-Z`].*\.$/, code)
    t.ok(statuses.length > 0 && statuses.every((status) => status >= 400 && status < 600), code)
  }
  t.strictSame(new Set(PROBLEMS.map(({ code }) => code)), new Set([...Object.keys(GATEWAY_STATUS), ...Object.keys(LEDGER_STATUS)]))
  t.end()
})

t.test('a code is described at its operations and at no other, and with its own status alone', (t) => {
  const [store, network] = ['storeContent', 'getNetwork'].map((id) => operations.find((operation) => operation.id === id))
  if (store === undefined || network === undefined) throw new Error('no such operations')
  t.ok(isDescribed(store, { status: 400, code: 'CONTENT_EMPTY' }))
  t.notOk(isDescribed(store, { status: 409, code: 'CONTENT_EMPTY' }))
  t.notOk(isDescribed(network, { status: 400, code: 'CONTENT_EMPTY' }))
  t.notOk(isDescribed(store, { status: 400, code: 'NO_SUCH_CODE' }))
  t.end()
})
