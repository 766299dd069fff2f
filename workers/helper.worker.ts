import { createHelper, type ToHelper } from '../operators/helper'

// A worker of a worker: takes parts of its run.
const hear = createHelper((message) => postMessage(message))
addEventListener('message', ({ data }: MessageEvent<ToHelper>) => hear(data))
