import t from 'tap'
import { collectEdges, findCircles, readPage, renderPage } from '../../docs/import-graph.ts'

t.test('docs/architecture.md shows the import graph as it is', async (t) => {
  const page = await readPage()
  t.equal(await renderPage(page), page, 'run `node test/docs/import-graph.ts --write` when this fails')
})

t.test('no files import each other in a circle, types included', async (t) => {
  t.same(await findCircles(), [])
})

t.test('nothing that a browser loads reaches what is for Node alone', async (t) => {
  const edges = await collectEdges()
  const reached = new Set<string>()
  const visit = (module: string): void => {
    if (reached.has(module)) return
    reached.add(module)
    for (const next of edges.get(module) ?? []) visit(next)
  }
  for (const module of ['sdk', 'portal', 'client']) visit(module)
  t.ok(reached.has('crypto'), 'the graph was read')
  t.notOk(reached.has('host'))
})
