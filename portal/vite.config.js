import optimizeLocales from '@react-aria/optimize-locales-plugin'
import { defineConfig } from 'vite'

/*
 * The same sources give the same bytes: names are hashes of contents, nothing of time or machine is written. Nothing stands inline in the
 * page, so that its policy allows scripts and styles of its own origin alone.
 */
const languages = { ...optimizeLocales.vite({ locales: ['en-US', 'ar-AE'] }), enforce: 'pre' }

export default defineConfig({
  root: import.meta.dirname,
  base: '/',
  plugins: [languages],
  // Of other versions that tools of the repository bring.
  resolve: { dedupe: ['react', 'react-dom'] },
  worker: { format: 'es' },
  build: {
    outDir: 'dist/site',
    emptyOutDir: true,
    target: 'es2024',
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    reportCompressedSize: false
  }
})
