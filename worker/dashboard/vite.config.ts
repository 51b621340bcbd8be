import { defineConfig } from 'vite'

/** Builds the dashboard into static assets that pass a CSP of `script-src 'self'`. */
export default defineConfig({
  root: import.meta.dirname,
  build: {
    outDir: '../../dist/dashboard',
    emptyOutDir: true,
    target: 'es2023',
    // The polyfill is an inline sink under Trusted Types, and no browser we
    // support needs it.
    modulePreload: { polyfill: false },
    // Fonts and pictures stay files: the CSP allows no data: address.
    assetsInlineLimit: 0,
  },
})
