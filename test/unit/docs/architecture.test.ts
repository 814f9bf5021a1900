import t from 'tap'
import { readPage, renderPage } from '../../docs/import-graph.ts'

t.test('docs/architecture.md shows the import graph as it is', async (t) => {
  const page = await readPage()
  t.equal(await renderPage(page), page, 'run `node test/docs/import-graph.ts --write` when this fails')
})
