// `npm start`: builds what is missing, then becomes the server.
process.env.NODE_ENV ??= 'production'
process.env.NEXT_TELEMETRY_DISABLED ??= '1'
const { build } = await import('./build.mjs')
await build()
await import('../../.build/server/main.js')
