import t from 'tap'
import { findCircles, readPage, renderPage } from '../../docs/import-graph.ts'

t.test('docs/architecture.md shows the import graph as it is', async (t) => {
  const page = await readPage()
  t.equal(await renderPage(page), page, 'run `node test/docs/import-graph.ts --write` when this fails')
})

t.test('no files import each other in a circle, types included', async (t) => {
  t.same(await findCircles(), [])
})
