import * as Comlink from 'comlink'
import { createHost } from '../host'
import { createDeviceModels, webBackends } from '../models/device-models'
import { devicePlatform } from '../platform'

/** The worker is called like the only backend that it may use; which one was quicker before must not matter. */
const models = createDeviceModels({
  backends: async () => (await webBackends('hardware')).filter(({ name }) => name.toLowerCase().startsWith(self.name)),
  choices: { recall: async () => undefined, remember: async () => {} },
})

Comlink.expose(createHost({ ...devicePlatform, models }, { models }))
