// Loaded before a server's own code, as `node --import`: a compute process that comes to the phase which the file DIE_AT
// names removes that file and kills itself, as the kernel does with a process that takes too much memory.
import { readFileSync, rmSync } from 'node:fs'
import files from 'node:fs/promises'
import { syncBuiltinESMExports } from 'node:module'
import { isMainThread } from 'node:worker_threads'

const order = process.env.DIE_AT

if (isMainThread && order && process.argv[1]?.endsWith('child.js')) {
  const { default: sharp } = await import('sharp')
  const { InferenceSession } = await import('onnxruntime-node')
  let inspects = false
  process.on('message', ({ type, work }) => {
    if (type === 'work') inspects = work.kind === 'inspect'
  })
  before(sharp.prototype, 'raw', () => (inspects ? 'inspect' : 'decode'))
  before(InferenceSession.prototype, 'run', () => 'model')
  before(sharp.prototype, 'webp', () => (inspects ? '' : 'encode'))
  before(files, 'rename', () => (inspects ? '' : 'upload'))
  syncBuiltinESMExports()
}

function before(owner, method, phase) {
  const original = owner[method]
  owner[method] = function (...args) {
    if (ordered() === phase()) {
      rmSync(order)
      process.kill(process.pid, 'SIGKILL')
    }
    return original.apply(this, args)
  }
}

function ordered() {
  try {
    return readFileSync(order, 'utf8')
  } catch {
    return undefined // nobody is to die
  }
}
