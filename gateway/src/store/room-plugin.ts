import { statfs } from 'node:fs/promises'
import fp from 'fastify-plugin'
import { Room } from './room.ts'

declare module 'fastify' {
  interface FastifyInstance {
    room: Room
  }
}

const READING = ['GET', 'HEAD', 'OPTIONS']

/** Keeps a reserve of the disk for what stops something: once it is begun, every other write is refused before its body is read. */
export const roomPlugin = fp((app, _options, done) => {
  const { config: { dataDir, limits }, ports: { freeBytes } } = app
  const room = new Room(freeBytes ?? (async () => await freeBytesOf(dataDir)), limits.reservedBytes)
  app.decorate('room', room)
  app.addHook('preParsing', async ({ method, is404, routeOptions: { config } }) => {
    if (!is404 && !READING.includes(method) && config.stops !== true) await room.require(0)
  })
  done()
}, { name: 'room', dependencies: ['store', 'auth'] })

async function freeBytesOf (folder: string): Promise<number> {
  const { bavail, bsize } = await statfs(folder)
  return bavail * bsize
}
