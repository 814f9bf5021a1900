import { DatabaseSync } from 'node:sqlite'
import t from 'tap'
import { PreparedStatements } from '@epione/host'

t.test('a statement is prepared once, and works again after the tables have changed', (t) => {
  const database = new DatabaseSync(':memory:')
  database.exec('create table facts (name text)')
  const statements = new PreparedStatements(database)
  const insert = statements.of('insert into facts values (?)')
  insert.run('first')
  t.equal(statements.of('insert into facts values (?)'), insert)
  const select = statements.of('select * from facts order by name')
  t.strictSame(select.all().map((row) => ({ ...row })), [{ name: 'first' }])
  database.exec('alter table facts add column value text')
  t.strictSame(statements.of('select * from facts order by name').all().map((row) => ({ ...row })), [{ name: 'first', value: null }])
  database.close()
  t.end()
})

t.test('of many statements the ones used last are kept', (t) => {
  const database = new DatabaseSync(':memory:')
  const statements = new PreparedStatements(database)
  const often = statements.of('select 0')
  for (let n = 1; n <= 1_000; n++) {
    statements.of(`select ${String(n)}`)
    statements.of('select 0')
  }
  t.equal(statements.of('select 0'), often)
  t.not(statements.of('select 1'), undefined)
  database.close()
  t.end()
})
