import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'

const ROOT = join(import.meta.dirname, '..', '..')

/** Runs a verb of the network, as `make` does. @throws {Error} with its output when it fails */
export async function runVerb (verb: string, args: string[]): Promise<void> {
  const child = spawn(process.execPath, [join(ROOT, 'network', 'verbs', `${verb}.ts`), ...args], { stdio: ['ignore', 'pipe', 'pipe'] })
  const output: Buffer[] = []
  child.stdout.on('data', (chunk: Buffer) => output.push(chunk))
  child.stderr.on('data', (chunk: Buffer) => output.push(chunk))
  const [code] = await once(child, 'close') as [number | null]
  if (code !== 0) {
    throw new Error(`network/${verb}.ts ${args.join(' ')} ended with ${code ?? 'a signal'}: ${Buffer.concat(output).toString()}`)
  }
}

/** Starts a program of test/helpers and waits until it prints `ready`; returns how to end it. */
export async function startHelper (name: string, args: string[]): Promise<() => Promise<void>> {
  const child = spawn(process.execPath, [join(ROOT, 'test', 'helpers', name), ...args], { stdio: ['ignore', 'pipe', 'pipe'] })
  const closed = once(child, 'close')
  let output = ''
  await new Promise<void>((resolve, reject) => {
    const listen = (chunk: Buffer): void => {
      output += chunk.toString()
      if (output.includes('ready\n')) resolve()
    }
    child.stdout.on('data', listen)
    child.stderr.on('data', listen)
    closed.then(() => reject(new Error(`${name} ended before it was ready: ${output}`)), reject)
  })
  return async () => {
    child.kill('SIGTERM')
    await closed
  }
}
