import * as Comlink from 'comlink'
import { candidatesHost } from './candidates-host'

Comlink.expose(candidatesHost)
