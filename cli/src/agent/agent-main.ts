import process from 'node:process'
import { KeyAgent } from './key-agent.ts'
import type { AgentCharge } from './key-agent.ts'

/*
 * The process of an agent. What it is charged with comes as an argument, which holds no secret; the keys come over a pipe. It says on
 * standard output that it listens, or why not, and then holds on to nothing of whoever started it.
 */
process.title = 'epione-agent'
process.umask(0o177)
const charge = JSON.parse(process.argv[2] ?? '') as AgentCharge
const agent = new KeyAgent(charge, await readKeys())
for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const) process.on(signal, () => { agent.end() })
try {
  await agent.listen()
  process.stdout.end('listening\n')
  await agent.ended
} catch (error) {
  agent.end()
  process.stdout.end(`${error instanceof Error ? error.message : String(error)}\n`)
  process.exitCode = 1
}

async function readKeys (): Promise<Buffer> {
  const chunks: Buffer[] = []
  for await (const chunk of process.stdin as AsyncIterable<Buffer>) chunks.push(chunk)
  const keys = Buffer.concat(chunks)
  for (const chunk of chunks) chunk.fill(0)
  return keys
}
