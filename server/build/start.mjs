// `npm start`: builds what is missing, then becomes the server. On a first start models are fetched meanwhile.
import { existsSync } from 'node:fs'
import { fetchDefaultModels } from './models.mjs'

process.env.NODE_ENV ??= 'production'
process.env.NEXT_TELEMETRY_DISABLED ??= '1'
const isFirst = !existsSync('.build/server/main.js')
// A server that is built already fetches what is missing by itself.
if (isFirst && process.env.MODELS_FETCH !== 'asked') await fetchDefaultModels()
const { build } = await import('./build.mjs')
await build()
await import('../../.build/server/main.js')
