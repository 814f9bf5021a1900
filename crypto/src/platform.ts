type NodeCrypto = typeof import('node:crypto')

/**
 * `node:crypto` where the platform has it, else null. It is asked for at run time, so that one build of this
 * package serves Node, CommonJS callers and browsers without a top-level await or a bundler's stand-in.
 */
export const nodeCrypto: NodeCrypto | null = findNodeCrypto()

/** Node's own reader of hex, where the platform has it. */
export const nodeBuffer: typeof Buffer | null = nodeCrypto === null ? null : globalThis.Buffer

function findNodeCrypto (): NodeCrypto | null {
  const host = globalThis as { process?: { getBuiltinModule?: (id: string) => unknown } }
  const found = host.process?.getBuiltinModule?.('node:crypto')
  return found === undefined ? null : found as NodeCrypto
}
