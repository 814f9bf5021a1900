import t from 'tap'
import { UPCASTS, readFormat, writeFormat } from '../../../../chaincode/dist/contracts/formats.js'
import type { Upcasts } from '../../../../chaincode/dist/contracts/formats.js'
import { LEDGER_KEYS } from '@epione/protocol'

/* A kind of which two further formats were agreed on: a name that was one text became two, and these a list. */
const KINDS: Upcasts = {
  person: [
    (value) => {
      const { name, ...rest } = value as { name: string }
      const [given = '', family = ''] = name.split(' ')
      return { ...rest, given, family }
    },
    (value) => {
      const { given, family, ...rest } = value as { given: string, family: string }
      return { ...rest, names: [given, family] }
    }
  ]
}
/** As each release stored it. */
const STORED = [
  '{"id":1,"name":"Ada Lovelace"}', '{"family":"Lovelace","format":2,"given":"Ada","id":1}', '{"format":3,"id":1,"names":["Ada","Lovelace"]}'
]

t.test('what former releases stored is read in the newest format, and written in it', (t) => {
  for (const stored of STORED) {
    t.strictSame(readFormat('person', JSON.parse(stored) as object, KINDS), { id: 1, names: ['Ada', 'Lovelace'] }, stored)
  }
  t.strictSame(writeFormat('person', { id: 1, names: ['Ada', 'Lovelace'] }, KINDS), JSON.parse(STORED[2] ?? ''))
  t.end()
})

t.test('a kind of one format is stored and read as it is, lists too', (t) => {
  for (const value of [{ id: 1 }, [{ id: 1 }], {}]) {
    t.equal(writeFormat('other', value, KINDS), value)
    t.strictSame(readFormat('other', value, KINDS), value)
  }
  t.strictSame(readFormat('list', [1], { list: [(items) => ({ items })] }), { items: [1] }, 'a list is of the first format')
  t.end()
})

t.test('a format of a later release, or none at all, is refused by name', (t) => {
  const refused: [string, object][] = [
    ['person', { format: 4 }], ['person', { format: 0 }], ['person', { format: 1.5 }], ['person', { format: '2' }], ['other', { format: 2 }]
  ]
  for (const [kind, value] of refused) t.throws(() => readFormat(kind, value, KINDS), { code: 'FORMAT_UNKNOWN', message: new RegExp(kind) })
  t.end()
})

t.test('each row is of a kind of key that there is', (t) => {
  const make = Object.values(LEDGER_KEYS) as Array<(...args: never[]) => { objectType: string }>
  const kinds = new Set(make.map((key) => key(...[1, 1, 1, 1] as never[]).objectType))
  for (const kind of Object.keys(UPCASTS)) t.ok(kinds.has(kind), kind)
  t.end()
})
