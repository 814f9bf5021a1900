import { spawn } from 'node:child_process'
import { NetworkError } from '../errors.ts'

/** One run of a program to its end. */
export interface ToolRun {
  command: string
  args: readonly string[]
  env: Readonly<Record<string, string>>
  cwd?: string
  timeoutMs?: number
  /** Gets each line that the program writes, as it comes. */
  onLine?: (line: string) => void
}

const DEFAULT_TIMEOUT_MS = 60_000
/** How much of a failed program's output goes into the error. */
const SHOWN_CHARACTERS = 1500

/** Runs a program with exactly the given environment; returns its output. Throws `command-failed` (with its output) or `timeout`. */
export async function runTool (run: ToolRun): Promise<{ stdout: string, stderr: string }> {
  const timeoutMs = run.timeoutMs ?? DEFAULT_TIMEOUT_MS
  return await new Promise((resolve, reject) => {
    const child = spawn(run.command, run.args, { env: { ...run.env }, cwd: run.cwd, stdio: ['ignore', 'pipe', 'pipe'] })
    const output = { stdout: '', stderr: '' }
    const timer = setTimeout(() => child.kill('SIGKILL'), timeoutMs)
    for (const stream of ['stdout', 'stderr'] as const) {
      let rest = ''
      child[stream].setEncoding('utf8').on('data', (text: string) => {
        output[stream] += text
        const lines = (rest + text).split('\n')
        rest = lines.pop() ?? ''
        if (run.onLine !== undefined) lines.forEach(run.onLine)
      })
    }
    child.on('error', (cause) => {
      clearTimeout(timer)
      reject(new NetworkError('command-failed', `${run.command} cannot be run: ${cause.message}`, { cause }))
    })
    child.on('close', (code, signal) => {
      clearTimeout(timer)
      if (code === 0) { resolve(output); return }
      const shown = (output.stderr.trim() || output.stdout.trim()).slice(-SHOWN_CHARACTERS)
      const name = `${run.command.split('/').at(-1) ?? ''} ${run.args.slice(0, 3).join(' ')}`
      reject(signal === 'SIGKILL'
        ? new NetworkError('timeout', `${name}: ended after ${timeoutMs / 1000} s without a result\n${shown}`)
        : new NetworkError('command-failed', `${name}: exit code ${String(code ?? signal)}\n${shown}`))
    })
  })
}
