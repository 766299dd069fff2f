import * as Comlink from 'comlink'
import { createHost } from './host'
import { devicePlatform } from './platform'

Comlink.expose(createHost(devicePlatform))
