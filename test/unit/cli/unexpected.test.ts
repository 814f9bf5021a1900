import t from 'tap'
import { ClientError } from '@epione/sdk'
import { asClientError } from '../../../cli/src/commands/output.ts'

t.test('what nobody expected is told as that, and what was keeps its code', (t) => {
  t.match(asClientError(new TypeError('a fault')), { code: 'UNEXPECTED', exitCode: 1, message: /Unexpected: a fault/, cause: TypeError })
  t.match(asClientError('no error at all'), { code: 'UNEXPECTED' })
  const known = new ClientError('USAGE', 'so')
  t.equal(asClientError(known), known)
  t.end()
})
