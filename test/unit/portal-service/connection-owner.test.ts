import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { connect, createServer } from 'node:net'
import type { AddressInfo, Socket } from 'node:net'
import process from 'node:process'
import { text } from 'node:stream/consumers'
import t from 'tap'
import { ownerOfConnection } from '@epione/portal-service'

const HEAD = '  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode\n'

t.test('the kernel\'s table says whose a connection is, by its two ends the other way round', async (t) => {
  const folder = t.testdir({
    tcp: `${HEAD}   0: 0100007F:1FA8 00000000:0000 0A 00000000:00000000 00:00000000 00000000  1000        0 1
   1: 0100007F:1FA8 0100007F:C000 01 00000000:00000000 00:00000000 00000000  1000        0 2
   2: 0100007F:C000 0100007F:1FA8 01 00000000:00000000 00:00000000 00000000  1001        0 3
   3: 0100007F:C000 0100007F:1FA9 01 00000000:00000000 00:00000000 00000000  1002        0 4\n`,
    tcp6: `${HEAD}   0: 00000000000000000000000001000000:C001 00000000000000000000000001000000:1FA8 01 00000000:00000000 00:00000000 00000000  1003        0 5\n`
  })
  const ours = { localAddress: '127.0.0.1', localPort: 0x1fa8 }
  t.equal(await ownerOfConnection({ ...ours, remoteAddress: '127.0.0.1', remotePort: 0xc000 }, folder), 1001)
  t.equal(await ownerOfConnection({ ...ours, remoteAddress: '127.0.0.1', remotePort: 0xc002 }, folder), undefined, 'gone')
  t.equal(await ownerOfConnection({ localAddress: '::1', localPort: 0x1fa8, remoteAddress: '::1', remotePort: 0xc001 }, folder), 1003)
  await t.rejects(ownerOfConnection({ ...ours, remoteAddress: '127.0.0.1', remotePort: 1 }, `${folder}/none`), { code: 'ENOENT' })
})

t.test('of this machine\'s own connections, and of another user\'s', { skip: process.platform !== 'linux' }, async (t) => {
  for (const host of ['127.0.0.1', '::1']) {
    const server = createServer()
    server.listen(0, host)
    const listening = await Promise.race([once(server, 'listening').then(() => true), once(server, 'error').then(() => false)])
    if (!listening) { t.comment(`no ${host} here`); continue }
    t.teardown(() => server.close())
    const { port } = server.address() as AddressInfo
    const own = connect(port, host)
    const [ownSocket] = await once(server, 'connection') as [Socket]
    t.equal(await ownerOfConnection(ownSocket), process.getuid?.(), host)
    own.destroy()
    ownSocket.destroy()
    if (process.getuid?.() !== 0) { t.comment('only root can be somebody else'); continue }
    const script = `const s = require('net').connect(${String(port)}, '${host}'); s.on('end', () => s.destroy())`
    const child = spawn(process.execPath, ['-e', script], { uid: 54_321, gid: 54_321, cwd: '/', env: {}, stdio: ['ignore', 'ignore', 'pipe'] })
    const said = text(child.stderr)
    const socket = await Promise.race([once(server, 'connection').then(([one]: unknown[]) => one as Socket), said.then((what) => { throw new Error(what) })])
    t.equal(await ownerOfConnection(socket), 54_321, host)
    socket.end()
    await once(child, 'close')
  }
})
