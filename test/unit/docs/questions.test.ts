import t from 'tap'
import { readPage, renderPage } from '../../docs/questions.ts'

t.test('docs/audit.md lists the questions as commands and pages ask them', async (t) => {
  t.equal(await renderPage(), await readPage(), 'run `node test/docs/questions.ts --write` when this fails')
})
