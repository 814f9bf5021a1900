import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import t from 'tap'
import { STATEMENT_SCHEMAS } from '@epione/protocol'

const page = await readFile(join(import.meta.dirname, '..', '..', '..', 'docs', 'protocol.md'), 'utf8')
const rows = page.split('\n').filter((line) => line.startsWith('| '))

t.test('docs/protocol.md has a row for every statement, naming its members', (t) => {
  for (const [type, { properties }] of Object.entries(STATEMENT_SCHEMAS)) {
    const row = rows.find((line) => line.startsWith(`| \`${type}\``) || line.startsWith(`| *\`${type}\``)) ?? ''
    const missing = Object.keys(properties).filter((member) =>
      !['type', 'nonce', 'issuedAt', 'submitBefore'].includes(member) && !row.includes(member))
    t.strictSame(missing, [], type)
  }
  t.end()
})
