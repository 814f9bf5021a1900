import { readFile } from 'node:fs/promises'
import t from 'tap'
import { ARTIFACT, renderArtifact } from '../../docs/anchor-artifact.ts'

t.test('the committed interface and code are what the pinned compiler makes of the contract', async (t) => {
  t.equal(await readFile(ARTIFACT, 'utf8'), renderArtifact(), 'else: node test/docs/anchor-artifact.ts --write')
})
