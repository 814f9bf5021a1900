import { once } from 'node:events'
import { createServer, request, type Server } from 'node:http'
import { connect, type AddressInfo, type Socket } from 'node:net'
import t, { type Test } from 'tap'
import { followConnections } from '../../../gateway/src/http/closing.ts'

/** A server whose answers end when they are let go. */
async function listen (t: Test): Promise<{ server: Server, port: number, endQuiet: () => void, letGo: () => void }> {
  const gate = Promise.withResolvers<undefined>()
  const server = createServer((asked, response) => {
    if (asked.url !== '/slow') response.end('quick')
    else gate.promise.then(() => response.end('slow'), () => response.destroy())
  })
  const endQuiet = followConnections(server)
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  t.teardown(() => { server.closeAllConnections() })
  return { server, port: (server.address() as AddressInfo).port, endQuiet, letGo: () => { gate.resolve(undefined) } }
}

async function open (t: Test, port: number, sent = ''): Promise<Socket> {
  const socket = connect(port, '127.0.0.1')
  t.teardown(() => { socket.destroy() })
  await once(socket, 'connect')
  if (sent !== '') {
    socket.write(sent)
    await once(socket, 'data')
  }
  return socket
}

t.test('connections that never asked, and those that asked before, end at once', async (t) => {
  const { server, port, endQuiet } = await listen(t)
  const quiet = [await open(t, port), await open(t, port, 'GET / HTTP/1.1\r\nHost: x\r\n\r\n')]
  const ended = quiet.map(async (socket) => { await once(socket, 'close') })
  for (const socket of quiet) socket.resume()
  const closed = once(server, 'close')
  endQuiet()
  server.close()
  await Promise.all(ended)
  await closed
})

t.test('a request under way is answered, and its connection ends with the answer although the client would keep it', async (t) => {
  const { server, port, endQuiet, letGo } = await listen(t)
  const asked = once(server, 'request')
  const slow = request({ port, host: '127.0.0.1', path: '/slow', agent: false, headers: { connection: 'keep-alive' } })
  slow.end()
  const answered = once(slow, 'response') as Promise<[NodeJS.ReadableStream]>
  await asked
  const closed = once(server, 'close')
  endQuiet()
  server.close()
  letGo()
  const [response] = await answered
  response.resume()
  await once(response, 'end')
  await closed
})
