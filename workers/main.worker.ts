import * as Comlink from 'comlink'
import { createHost } from './host'
import { deviceModels, warmModel } from './models/device-models'
import { devicePlatform } from './platform'

Comlink.expose(createHost(devicePlatform, { models: deviceModels, warmModel }))
