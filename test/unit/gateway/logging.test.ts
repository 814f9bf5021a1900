import { spawnSync } from 'node:child_process'
import t from 'tap'

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
