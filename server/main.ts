import { firstKeySentence } from './access/first-key'
import { type Config, readConfig } from './config'
import { type HttpServer, serve } from './http'
import { createLog } from './log'
import { openPages } from './pages'
import { openRest } from './rest'

interface Running {
  /** What this process does, for the one line at the start. */
  readonly sentence: string
  /** A key that was made because there was none. */
  readonly madeKey: string | undefined
  stop(): Promise<void>
}

async function start(config: Config): Promise<Running> {
  const log = createLog(config.logLevel)
  const isWorker = config.role === 'worker'
  const [rest, pages] = await Promise.all([openRest(config, log), isWorker ? undefined : openPages(process.cwd())])
  const onError = (err: unknown) => log.error({ err })
  const http: HttpServer | undefined =
    config.ports.length > 0 ? await serve({ ...config, fetch: rest.fetch, pages, log: onError }) : undefined
  const name = isWorker ? 'A Darkroom worker' : 'Darkroom'
  return {
    sentence: http ? `${name} is ready at ${http.address}` : `${name} is ready`,
    madeKey: rest.madeKey,
    stop: async () => {
      // What is behind the answers goes only when the last of them has been given.
      await Promise.all([http?.close(config.stopGraceMs), rest.drain()])
      await rest.close()
    },
  }
}

const ONE_KEYPRESS_MS = 500 // npm passes Ctrl-C on to a process that the terminal has told already

/** The first signal stops in order; a second one does not wait. */
function stopOnSignal(running: Running): void {
  let askedAt: number | undefined
  const stop = () => {
    if (askedAt !== undefined) {
      if (performance.now() - askedAt > ONE_KEYPRESS_MS) process.exit(1)
      return
    }
    askedAt = performance.now()
    running.stop().then(
      () => process.exit(0),
      (error) => {
        console.error(error)
        process.exit(1)
      },
    )
  }
  process.on('SIGTERM', stop)
  process.on('SIGINT', stop)
}

try {
  const running = await start(readConfig(process.env))
  stopOnSignal(running)
  console.log(`${running.sentence} (started in ${process.uptime().toFixed(1)} s)`)
  // Once, on the output and not in the log: nothing keeps it but whoever reads this.
  if (running.madeKey) console.log(firstKeySentence(running.madeKey))
} catch (error) {
  console.error(error instanceof Error ? error.message : error)
  process.exit(1)
}
