import { PassThrough } from 'node:stream'
import t from 'tap'
import { requireYes } from '../../../cli/src/commands/prompt.ts'

t.test('what others wrote does not steer the terminal that asks about it', async (t) => {
  const stdin = Object.assign(new PassThrough(), { isTTY: true })
  let shown = ''
  const stderr = { isTTY: true, write: (text: string) => { shown += text } }
  const asked = requireYes({ stdin, stderr, stdout: stderr, env: {} }, 'Jane\u001b[8m\r\n\u202e\u0007 reads 12 34.')
  stdin.write('yes\n')
  await asked
  t.match(shown, 'Jane?[8m????')
  t.notOk(shown.includes('\u001b[8m'))
  t.notOk(shown.includes('\u202e'))
})
