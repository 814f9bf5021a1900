import { performance } from 'node:perf_hooks'
import { printable } from '../errors.ts'

/** Lines of Fabric's processes: time, level, module, message; no colours, because they go to files. */
export const LOG_FORMAT = '%{time:2006-01-02T15:04:05.000Z07:00} %{level:.4s} [%{module}] %{message}'

const startedMs = performance.now()

/** Tells what a verb is doing: seconds since its start, then the text, on stderr so that stdout stays for results. */
export function report (text: string): void {
  const seconds = ((performance.now() - startedMs) / 1000).toFixed(1)
  process.stderr.write(`[${seconds.padStart(5)} s] ${printable(text)}\n`)
}
