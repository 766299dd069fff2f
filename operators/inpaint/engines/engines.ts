import type { Engine } from '../spec'
import { classic } from './classic'
import type { Filler } from './engine'
import { lama } from './lama'
import { migan } from './migan'
import { net } from './net'

export const fillers: Readonly<Record<Engine, Filler>> = { lama, migan, net, classic }
