import { createServer } from 'node:net'
import { NetworkError } from '../errors.ts'
import { isErrno } from '../../host/src/index.ts'
import { isAlive, readRecord } from './processes.ts'
import { LOCAL_HOST, portUses, type PortUse } from '../description/topology.ts'
import type { Context } from '../description/context.ts'

/** Ports of the topology that something listens on, although the process of ours that they belong to does not run. */
export async function takenPorts ({ topology, paths }: Context): Promise<PortUse[]> {
  const checked = await Promise.all(portUses(topology).map(async (use) => {
    const record = await readRecord(paths, use.process)
    return (record !== undefined && isAlive(record)) || await isFree(use.port, use.host.address) ? undefined : use
  }))
  return checked.filter((use) => use !== undefined)
}

/** Whether a server could listen on the port of an address of this machine right now. @throws {NetworkError} consortium-invalid */
export async function isFree (port: number, address: string = LOCAL_HOST.address): Promise<boolean> {
  return await new Promise((resolve, reject) => {
    const server = createServer()
    server.once('error', (error) => {
      if (isErrno(error, 'EADDRINUSE')) resolve(false)
      else reject(isErrno(error, 'EADDRNOTAVAIL') ? foreign(address, error) : error)
    })
    server.listen({ port, host: address, exclusive: true }, () => server.close(() => resolve(true)))
  })
}

function foreign (address: string, cause: Error): NetworkError {
  return new NetworkError('consortium-invalid', `${address} is no address of this machine`, {
    advice: 'Give an organisation\'s host an address of this machine, on which all processes start.', cause
  })
}
