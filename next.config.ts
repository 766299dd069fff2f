import { existsSync, readFileSync } from 'node:fs'
import type { NextConfig } from 'next'
import { API_FOLDERS } from './server/api/paths'

// Shared memory for threaded WASM needs an isolated page, and every response says so: worker scripts are responses too.
const isolation = [
  { key: 'Cross-Origin-Opener-Policy', value: 'same-origin' },
  { key: 'Cross-Origin-Embedder-Policy', value: 'require-corp' },
  { key: 'Cross-Origin-Resource-Policy', value: 'same-origin' },
  { key: 'X-Content-Type-Options', value: 'nosniff' },
  { key: 'Referrer-Policy', value: 'no-referrer' },
]

// A worker obeys the policy of its own script, not that of the page. Pages get theirs, with a nonce, from proxy.ts.
const workerPolicy = {
  key: 'Content-Security-Policy',
  value: "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; connect-src 'self' blob:; worker-src 'self' blob:",
}

// Written by the build where the API becomes a function.
const FUNCTION_FILES = '.build/server/function-files.json'
const functionFiles: string[] = existsSync(FUNCTION_FILES) ? JSON.parse(readFileSync(FUNCTION_FILES, 'utf8')) : []

const config: NextConfig = {
  reactStrictMode: true,
  poweredByHeader: false,
  turbopack: { root: import.meta.dirname },
  serverExternalPackages: ['@electric-sql/pglite', 'pg', 'pg-boss', 'pino', 'sharp', 'busboy', 'drizzle-orm'],
  outputFileTracingIncludes: { '/api/**': functionFiles },
  experimental: { optimizePackageImports: ['radix-ui', 'lucide-react'] },
  // The types of the whole tree are checked by `npm run types`, each layer against its own library.
  typescript: { ignoreBuildErrors: true },
  async rewrites() {
    return {
      beforeFiles: [
        ...API_FOLDERS.filter((folder) => folder !== 'api').map((folder) => ({
          source: `/${folder}/:path*`,
          destination: `/api/${folder}/:path*`,
        })),
        {
          source: '/',
          has: [{ type: 'header', key: 'accept', value: '(?!.*text/html).*application/json.*' }],
          destination: '/api',
        },
      ],
      afterFiles: [],
      fallback: [],
    }
  },
  async headers() {
    return [
      { source: '/:path*', headers: isolation },
      { source: '/_next/static/:path*', headers: [workerPolicy] },
      {
        source: '/sw.js',
        headers: [
          workerPolicy,
          { key: 'Cache-Control', value: 'no-cache' },
          { key: 'Service-Worker-Allowed', value: '/' },
        ],
      },
    ]
  },
}

export default config
