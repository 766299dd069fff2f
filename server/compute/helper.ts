import { parentPort } from 'node:worker_threads'
import { createHelper, type ToHelper } from '../../operators/helper'

// A thread that takes parts of its process's run.
const hear = createHelper((message) => parentPort?.postMessage(message))
parentPort?.on('message', (message: ToHelper) => hear(message))
