import t from 'tap'
import { RecentMembers } from '../../../../chaincode/dist/contracts/recent-members.js'

t.test('members are remembered for a second, on their own channel, and nobody else is', (t) => {
  let now = 0
  const recent = new RecentMembers(() => now)
  t.notOk(recent.has('records', 'CoreMSP'))
  recent.note('records', ['CoreMSP'])
  t.ok(recent.has('records', 'CoreMSP'))
  t.notOk(recent.has('records', 'OtherMSP'))
  t.notOk(recent.has('others', 'CoreMSP'))
  now = 999
  t.ok(recent.has('records', 'CoreMSP'))
  now = 1_000
  t.notOk(recent.has('records', 'CoreMSP'))
  recent.note('records', ['OtherMSP'])
  t.notOk(recent.has('records', 'CoreMSP'), 'a member that left')
  t.end()
})
