import { spawnSync } from 'node:child_process'
import Fastify from 'fastify'
import t from 'tap'
import { createLoggerOptions } from '../../../gateway/src/http/logging.ts'

const LOGGING = new URL('../../../gateway/dist/http/logging.js', import.meta.url).href
const FASTIFY = import.meta.resolve('fastify')
/** A service that answers two requests, each of which it logs. */
const SERVICE = `
import Fastify from '${FASTIFY}'
import { createLoggerOptions } from '${LOGGING}'
const app = Fastify({ logger: createLoggerOptions('info') })
app.get('/', () => 'answered')
for (let n = 0; n < 2; n++) process.stderr.write((await app.inject('/')).body + '\\n')`

t.test('a service whose log cannot be written, on a full disk or to a reader that has gone, goes on answering', (t) => {
  for (const shell of ['"$@" >/dev/full', 'exec 3> >(true); wait $!; "$@" >&3']) {
    const { status, stderr } = spawnSync('bash', [
      '-c', shell, 'bash', 'env', '-i', process.execPath, '--input-type=module', '-e', SERVICE
    ], { encoding: 'utf8', timeout: 60_000 })
    t.equal(status, 0, shell)
    t.equal(stderr, 'answered\nanswered\n', shell)
  }
  t.end()
})

t.test('what proxies and patients seal and sign for others is not logged, however deep it lies', (t) => {
  let lines = ''
  const app = Fastify({ logger: createLoggerOptions('info', { write: (line) => { lines += line } }) })
  app.log.info({ cfrags: 'hidden 1', answer: { kfrag: 'hidden 2', body: { cfrags: 'hidden 3', eventId: 'shown' } } }, 'answered')
  t.match(lines, /"eventId":"shown"/)
  t.notMatch(lines, /hidden/)
  t.end()
})
