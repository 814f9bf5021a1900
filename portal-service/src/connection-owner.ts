import { readFile } from 'node:fs/promises'
import { isIPv6 } from 'node:net'
import type { Socket } from 'node:net'

type Ends = Pick<Socket, 'localAddress' | 'localPort' | 'remoteAddress' | 'remotePort'>

/**
 * The user (uid) at the other end of a connection of this machine, from the kernel's table of connections; undefined when it is not
 * there any more. @throws where the system has no such table
 */
export async function ownerOfConnection (ends: Ends, folder = '/proc/net'): Promise<number | undefined> {
  const { localAddress = '', localPort = 0, remoteAddress = '', remotePort = 0 } = ends
  const table = await readFile(`${folder}/${isIPv6(remoteAddress) ? 'tcp6' : 'tcp'}`, 'latin1')
  // The other end's own row has the two addresses the other way round.
  const [theirs, ours] = [spell(remoteAddress, remotePort), spell(localAddress, localPort)]
  for (const line of table.split('\n')) {
    const [, local, remote, , , , , uid] = line.trim().split(/\s+/)
    if (local === theirs && remote === ours && uid !== undefined && /^[0-9]+$/.test(uid)) return Number(uid)
  }
  return undefined
}

/** As the kernel writes it: each word of 32 bits in the processor's order (little-endian on all that Node 24 is built for on Linux). */
function spell (address: string, port: number): string {
  const bytes = isIPv6(address) ? bytesOfIPv6(address) : address.split('.').map(Number)
  const words = Array.from({ length: bytes.length / 4 }, (_, word) => bytes.slice(4 * word, 4 * word + 4).reverse())
  return `${hex(words.flat())}:${port.toString(16).toUpperCase().padStart(4, '0')}`
}

function bytesOfIPv6 (address: string): number[] {
  const [head = '', tail] = address.split('::')
  const parse = (part: string): number[] => part === '' ? [] : part.split(':').flatMap((group) => [parseInt(group, 16) >> 8, parseInt(group, 16) & 0xff])
  const [first, last] = [parse(head), parse(tail ?? '')]
  return [...first, ...Array.from({ length: 16 - first.length - last.length }, () => 0), ...last]
}

const hex = (bytes: number[]): string => bytes.map((byte) => byte.toString(16).toUpperCase().padStart(2, '0')).join('')
