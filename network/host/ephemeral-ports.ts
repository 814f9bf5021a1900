import { readTextIfExists } from '../../host/src/index.ts'
import { portUses } from '../description/topology.ts'
import type { Topology } from '../description/topology.ts'

const RANGE_FILE = '/proc/sys/net/ipv4/ip_local_port_range'
const RESERVED_FILE = '/proc/sys/net/ipv4/ip_local_reserved_ports'

/** A range of ports, both ends included. */
export interface PortRange { first: number, last: number }

/** Which of the ports the system may hand out to any outgoing connection: in its range, and not reserved. */
export function handedOut (ports: readonly number[], range: PortRange, reserved: readonly PortRange[]): number[] {
  const within = (port: number, { first, last }: PortRange): boolean => port >= first && port <= last
  return ports.filter((port) => within(port, range) && !reserved.some((kept) => within(port, kept)))
}

/**
 * What is to be said when ports of the topology lie where this machine takes ports of outgoing connections from; undefined when none does.
 */
export async function ephemeralWarning (topology: Topology): Promise<{ problem: string, advice: string } | undefined> {
  const [first, last] = (await readTextIfExists(RANGE_FILE) ?? '').trim().split(/\s+/).map(Number)
  if (first === undefined || last === undefined) return undefined
  const ports = handedOut(
    portUses(topology).map(({ port }) => port),
    { first, last },
    parseReserved(await readTextIfExists(RESERVED_FILE) ?? '')
  )
  const [lowest] = ports
  if (lowest === undefined) return undefined
  const count = ports.length === 1 ? `port ${lowest}` : `${ports.length} ports from ${lowest} on`
  return {
    problem: `${count} of the network lie in this machine's range of outgoing connections (${first} to ${last}): any program may be given one of them`,
    advice: 'Choose another basePort in the consortium file before the network is made, or reserve them: `sysctl -w net.ipv4.ip_local_reserved_ports=' +
      `${Math.min(...ports)}-${Math.max(...ports)}\`.`
  }
}

/** Reads the kernel's list of reserved ports, such as `7050,7060-7070`. */
export function parseReserved (text: string): PortRange[] {
  return text.trim().split(',').filter((part) => part !== '').map((part) => {
    const [first = 0, last = first] = part.split('-').map(Number)
    return { first, last }
  })
}
