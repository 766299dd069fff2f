// Loaded before a server's own code, as `node --import`: its clock is off by as many seconds as the file CLOCK_OFFSET says.
import { readFileSync } from 'node:fs'

const file = process.env.CLOCK_OFFSET ?? ''
const RealDate = Date
let offsetMs = 0

function look() {
  try {
    offsetMs = Number(readFileSync(file, 'utf8')) * 1000
  } catch {
    offsetMs = 0
  }
}
look()
setInterval(look, 50).unref()

globalThis.Date = class extends RealDate {
  constructor(...args) {
    if (args.length === 0) super(RealDate.now() + offsetMs)
    else super(...args)
  }

  static now() {
    return RealDate.now() + offsetMs
  }
}
