import * as Comlink from 'comlink'
import { createStoreHost } from './store-host'

Comlink.expose(createStoreHost())
