// A process of its own for models-processes.test.ts: fetches one model into a cache.
import { openLibrary } from '../../server/models/library'

const [cache, model] = process.argv.slice(2)
const config = { cache, folder: undefined, acceptLicences: [], fetchDefaults: true }
await openLibrary(config, { models: [JSON.parse(model)] }).ensure(['small-model'])
