import t from 'tap'
import { dial, readToEnd } from '../../helpers/flood.ts'
import { buildGateway } from '../../helpers/gateway.ts'

t.test('what never reaches a route is answered with a problem, too', async (t) => {
  const gateway = await buildGateway(t, { listen: true })
  const { app } = gateway

  t.test('a parameter that is too long and a path that cannot be decoded', async (t) => {
    for (const [url, status] of [[`/v1/consents/${'a'.repeat(200)}`, 414], ['/v1/consents/%zz', 400]] as const) {
      const { statusCode, headers, json } = await app.inject(url)
      t.equal(statusCode, status)
      t.match(headers['content-type'], /^application\/problem\+json/)
      t.match(json(), { type: 'urn:epione:problem:request-invalid', status, code: 'REQUEST_INVALID', instance: String, detail: String })
    }
  })

  t.test('bytes that are no HTTP, and a head that is too long', async (t) => {
    for (const [bytes, status] of [['no HTTP at all\r\n\r\n', 400], [`GET / HTTP/1.1\r\nx: ${'y'.repeat(17_000)}\r\n\r\n`, 431]] as const) {
      const socket = await dial(t, gateway)
      socket.write(bytes)
      const [head = '', body = ''] = (await readToEnd(socket)).split('\r\n\r\n')
      t.ok(head.startsWith(`HTTP/1.1 ${String(status)} `), head)
      t.match(head, 'content-type: application/problem+json')
      t.match(JSON.parse(body), { status, code: 'REQUEST_INVALID' })
    }
  })
})
