import * as Comlink from 'comlink'
import { createMaskHost } from './mask-host'

Comlink.expose(createMaskHost())
