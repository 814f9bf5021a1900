import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import t from 'tap'
import { FEATURES, STATEMENT_SCHEMAS } from '@epione/protocol'

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

t.test('docs/protocol.md has a row for every member and value to come, with its feature', (t) => {
  for (const { statement, member, feature } of FEATURES.filter((f) => f.member !== '')) {
    const [path = '', value = ''] = member.replaceAll('[]', '').split('=')
    const name = `${statement}.${path}`
    const row = rows.find((line) => line.includes(name) && (value === '' || line.includes(`\`${value}\``)) && line.includes(feature))
    t.ok(row !== undefined, `${name} ${value}, ${feature}`)
  }
  t.end()
})

t.test('docs/protocol.md explains the members of statements to come', (t) => {
  const common = ['type', 'nonce', 'issuedAt', 'submitBefore', 'patientId', 'mspId', 'recordId', 'version', 'directoryVersion']
  for (const { statement } of FEATURES.filter((f) => f.member === '')) {
    if (statement === 'Answer') continue
    const told = rows.filter((line) => line.includes(`${statement}.`)).join('\n')
    for (const member of Object.keys(
      STATEMENT_SCHEMAS[statement].properties
    )) t.ok(common.includes(member) || told.includes(member), `${statement}.${member}`)
  }
  t.end()
})
