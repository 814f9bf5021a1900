import { parse } from '@formatjs/icu-messageformat-parser'
import optimizeLocales from '@react-aria/optimize-locales-plugin'
import { defineConfig } from 'vite'

/*
 * The same sources give the same bytes: names are hashes of contents, nothing of time or machine is written. Nothing stands inline in the
 * page, so that its policy allows scripts and styles of its own origin alone.
 */
const languages = { ...optimizeLocales.vite({ locales: ['en-US', 'ar-AE'] }), enforce: 'pre' }

/** Messages with values are parsed now, and the parser stays out of the page, as FormatJS advises. */
const messages = {
  name: 'epione-messages',
  enforce: 'pre',
  transform: {
    filter: { id: /\/src\/i18n\/[a-z]+\/(?:[a-z-]+\/)*(?!index)[a-z-]+\.ts$/ },
    handler: (code) => code.replaceAll(/^( {2}'[^']+': )'([^'\n]*\{[^'\n]*)'(?=,?$)/gm, (_, name, text) => name + JSON.stringify(parse(text)))
  }
}

/** What stands in operations for people who read the API document alone is left out of the worker. */
const descriptions = {
  name: 'epione-descriptions',
  enforce: 'pre',
  transform: {
    filter: { id: /\/protocol\/dist\/(api|shapes)\/.+\.js$/ },
    handler: (code) => code
      .replaceAll(/\b(description|summary|who|when|trace): '(?:[^'\\\n]|\\.)*'(?=\s*[,}])/g, "$1: ''")
      .replaceAll(/\bstranger: \{[^{}]*\}/g, 'stranger: {}')
      .replaceAll(/\btags: \[[^\]]*\]/g, 'tags: []')
  }
}

/** No page loads native code. */
const native = {
  name: 'epione-native',
  transform: {
    filter: { id: /\/crypto\/dist\/native-backend\.js$/ },
    handler: () => 'export const loadNativeBackend = () => new Error(\'a page has no native code\')'
  }
}

/** The policy of the pages forbids code that is made of text: shapes are checked as they are, and the compiler stays out. */
const shapes = {
  name: 'epione-shapes',
  transform: {
    filter: { id: /\/protocol\/dist\/shapes\/check\.js$/ },
    handler: (code) => {
      const [loads, calls] = ['import { Compile } from \'typebox/compile\';', '??= Compile(schema)']
      if (!code.includes(loads) || !code.includes(calls)) throw new Error('shapes are compiled in another way: look at check.ts')
      return code.replace(loads, '').replace(calls, '= undefined')
    }
  }
}

/** uPlot formats numbers by the browser's language as it loads, and throws where that is none, as en-US@posix; our axes format theirs. */
const plots = {
  name: 'epione-plots',
  transform: {
    filter: { id: /\/uPlot\.esm\.js$/ },
    handler: (code) => {
      const found = 'new Intl.NumberFormat(domEnv ? nav.language : \'en-US\')'
      if (!code.includes(found)) throw new Error('uPlot makes its number format in another way: look at its new version')
      return code.replace(found, 'new Intl.NumberFormat(\'en-US\')')
    }
  }
}

export default defineConfig({
  root: import.meta.dirname,
  base: '/',
  plugins: [messages, languages, plots],
  // Of other versions that tools of the repository bring.
  resolve: {
    dedupe: ['react', 'react-dom'],
    alias: { '@formatjs/icu-messageformat-parser': '@formatjs/icu-messageformat-parser/no-parser.js' }
  },
  worker: { format: 'es', plugins: () => [descriptions, native, shapes] },
  build: {
    outDir: 'dist/site',
    emptyOutDir: true,
    target: 'es2024',
    assetsInlineLimit: 0,
    // Lists of what each page loads beside its own would weigh more than asking for it later takes from loopback.
    modulePreload: false,
    reportCompressedSize: false
  }
})
