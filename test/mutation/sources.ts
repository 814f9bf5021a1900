import { registerHooks } from 'node:module'

/** Takes `@epione/protocol` from the sources beside this file, which Stryker changes, and not from their build. */
const SOURCES = new URL('../../protocol/src/index.ts', import.meta.url).href

registerHooks({
  resolve: (specifier, context, next) => specifier === '@epione/protocol' ? { url: SOURCES, shortCircuit: true } : next(specifier, context)
})
