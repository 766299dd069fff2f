// A compute process for tests: speaks the protocol of server/compute/protocol.ts, and does what `params.behave` says.
import { existsSync, writeFileSync } from 'node:fs'

const canceled = new Set()
const held = []

process.on('message', (message) => {
  if (message.type === 'cancel') return canceled.add(message.id)
  if (message.work.kind === 'inspect') return inspect(message)
  if (message.work.kind === 'compute') return compute(message)
  run(message)
})
process.on('disconnect', () => process.exit())
process.send({ type: 'ready' })

const done = (id, outcome, bytes = 1e6) => process.send({ type: 'done', id, outcome, bytes })

function inspect({ id, work }) {
  const { behave, marker } = work.params
  if (behave === 'die at first sight' && !existsSync(marker)) {
    writeFileSync(marker, '')
    return process.exit(1)
  }
  if (behave === 'refuse') {
    return done(id, { ok: false, code: 'unreadable', message: 'Image: not a picture', issues: [] })
  }
  const sizes = Object.fromEntries(Object.keys(work.inputs).map((slot) => [slot, { width: 1, height: 1 }]))
  done(id, { ok: true, value: { params: work.params, sizes } })
}

function compute({ id, work }) {
  if (work.calls.some(({ params }) => params.behave === 'die')) return process.exit(1)
  const outcome = { ok: true, value: { data: {}, files: [], ran: { place: 'server', backend: 'fake' }, timings: {} } }
  done(id, { ok: true, value: work.calls.map(() => outcome) })
}

function run({ id, work, cores }) {
  const { behave, marker } = work.params
  const succeed = (bytes) => {
    const data = behave === 'count cores' ? { cores } : { pid: process.pid, b: 1, a: 2 }
    const ran = { place: 'server', backend: 'fake' }
    done(
      id,
      { ok: true, value: { data, files: [], ran, timings: { decode: 0, modelLoad: 0, compute: 1, encode: 0 } } },
      bytes,
    )
  }
  switch (behave) {
    case 'fail':
      return done(id, { ok: false, code: 'invalid-input', message: 'The template is larger', issues: [] })
    case 'fail unexpectedly':
      return done(id, { ok: false, code: 'internal', message: 'The tool failed unexpectedly', issues: [] })
    case 'grow':
      return succeed(10e9)
    case 'die':
      return process.exit(1)
    case 'die once':
      if (existsSync(marker)) return succeed()
      writeFileSync(marker, '')
      return process.exit(1)
    case 'swell': // holds more and more memory, outside of what V8 counts
      return setInterval(() => held.push(Buffer.alloc(32e6, 1)), 20)
    case 'hang': // never looks at messages, as a kernel that misses its checkpoints
      process.send({ type: 'progress', id, progress: { done: 1, total: 2 } })
      return setImmediate(() => {
        for (;;) Math.random()
      })
    case 'go on until canceled':
      process.send({ type: 'progress', id, progress: { done: 1, total: 2 } })
      return setInterval(() => {
        if (canceled.has(id)) done(id, { ok: false, code: 'canceled', message: 'Canceled', issues: [] })
      }, 10)
    default:
      return succeed()
  }
}
