import t from 'tap'
import { Entrance } from '@epione/portal-service'

t.test('a ticket lets in once, soon, and until the next is printed', (t) => {
  let now = 0
  const entrance = new Entrance(() => now)
  t.equal(entrance.exchange('anything'), undefined, 'before any was printed')
  const first = entrance.printTicket()
  t.match(first, /^[A-Za-z0-9_-]{43}$/)
  t.equal(entrance.exchange(`${first}x`), undefined)
  const secret = entrance.exchange(first) ?? ''
  t.ok(entrance.isLetIn(secret))
  t.notOk(entrance.isLetIn(first), 'a ticket is no cookie')
  t.equal(entrance.exchange(first), undefined, 'used')
  const [second, third] = [entrance.printTicket(), entrance.printTicket()]
  t.equal(entrance.exchange(second), undefined, 'a newer one was printed')
  now += 10 * 60_000
  t.equal(entrance.exchange(third), undefined, 'too old')
  t.notOk(entrance.isLetIn(''))
  t.end()
})

t.test('a browser is let in until it was silent for 12 hours, or four others came after it', (t) => {
  let now = 0
  const entrance = new Entrance(() => now)
  const enter = (): string => entrance.exchange(entrance.printTicket()) ?? ''
  const first = enter()
  now += 12 * 3_600_000 - 1
  t.ok(entrance.isLetIn(first))
  now += 12 * 3_600_000
  t.notOk(entrance.isLetIn(first))
  const many = [1, 2, 3, 4].map(() => { now += 1; return enter() })
  t.ok(entrance.isLetIn(many[0] ?? ''), 'in use')
  now += 1
  const fifth = enter()
  t.strictSame([...many, fifth].map((secret) => entrance.isLetIn(secret)), [true, false, true, true, true], 'the one that was silent for longest gave way')
  t.end()
})
