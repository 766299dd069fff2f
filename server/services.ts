import { mkdir } from 'node:fs/promises'
import { availableParallelism, totalmem } from 'node:os'
import type { Logger } from 'pino'
import { cleanUpAccess } from './access/access'
import { ensureFirstKey } from './access/first-key'
import { openGate } from './access/open-gate'
import { giveBackUndelivered } from './access/undelivered'
import { checkCover } from './adapters/assets'
import { createSigner } from './adapters/signer'
import type { Gate } from './api/access/gate'
import type { Engine } from './api/engine'
import type { Library } from './api/library'
import { ComputePool } from './compute/pool'
import type { Config } from './config'
import { openDatabase } from './db/database'
import { createEngine } from './engine'
import { Indexer } from './library/indexer'
import { createLibrary, LEASE_SECONDS } from './library/library'
import { thumbnailMaker } from './library/thumbnails'
import { createMetrics, type ServerMetrics } from './metrics/metrics'
import { runEnds } from './metrics/run-ends'
import { keepDefaults } from './models/keep-defaults'
import { openLibrary } from './models/library'
import { createModels } from './models/models'
import { checkStorage, openStorage } from './storage/open-storage'
import { removeDeadSpools } from './storage/spool'
import { openChanges } from './tasks/changes'
import { cleanUp } from './tasks/cleanup'
import type { OnEnd } from './tasks/end-task'
import { openQueue } from './tasks/queue'
import { activeTasks, countActive } from './tasks/task-store'
import { TaskWorker } from './tasks/worker'
import { HeldBytes } from './uploads/held-bytes'
import { type DeliveryOptions, openWebhooks } from './webhooks/open-webhooks'
import { removeEndedDeliveries } from './webhooks/webhook-store'

/** Everything behind the HTTP server: the engine, and in a worker role what runs its tasks. */
export interface Services {
  readonly engine: Engine
  readonly gate: Gate
  readonly library: Library
  /** A key that was made because there was none: to be told once. */
  readonly madeKey: string | undefined
  /** Undefined where they are turned off. */
  readonly metrics: ServerMetrics | undefined
  /** Takes no more tasks, ends what follows tasks, and lets running ones end for the configured time. */
  drain(): Promise<void>
  /** Gives everything back; drains first where that has not been done. */
  close(): Promise<void>
}

const CLEANUP_CRON = '*/15 * * * *'
const MODEL_SHARE = 0.25 // of the machine's memory, for open models of all processes
const LEAST_MODEL_BYTES = 256e6

/**
 * @param childEntry the module that compute processes load
 * @param delivery how webhooks are told, for tests
 * @throws Error with a sentence when the database, DATA_DIR, RECEIPT_KEY or PLATE_COVER cannot be used
 */
export async function openServices(
  config: Config,
  log: Logger,
  childEntry?: string,
  delivery?: DeliveryOptions,
): Promise<Services> {
  if (config.receiptKey !== undefined) createSigner(config.receiptKey) // else each compute process would find it wrong
  if (config.role !== 'api' && config.plateCover !== undefined) await checkCover(config.plateCover)
  await mkdir(config.dataDir, { recursive: true })
  const database = await openDatabase(config)
  const works = config.role !== 'api'
  const queue = await openQueue(database, log, works)
  const changes = await openChanges(database)
  const storage = await openStorage(config.storage)
  await checkStorage(storage)
  await removeDeadSpools()
  const { sql } = database
  const held = new HeldBytes(config.heldBytes)
  const pool: ComputePool = new ComputePool({
    runs: works ? config.workers : 0,
    inspections: config.role === 'worker' ? 0 : Math.ceil(config.workers / 2),
    entry: childEntry,
    onEnd: (work, outcome) => {
      for (const end of runEnds(work, outcome)) metrics?.ran(end)
    },
    settings: {
      dataDir: config.dataDir,
      storage: config.storage,
      pixels: config.pixels,
      mostBytes: config.runMemoryBytes,
      logLevel: config.logLevel,
      models: {
        library: config.models,
        device: config.device,
        threads: Math.max(1, Math.floor(availableParallelism() / config.workers)),
        memoryBytes: Math.max(LEAST_MODEL_BYTES, (totalmem() * MODEL_SHARE) / config.workers),
      },
      modelBatch: config.modelBatch,
      plateCover: config.plateCover,
      receiptKey: config.receiptKey,
    },
  })
  const metrics = config.metrics.enabled
    ? createMetrics({
        tasks: () => countActive(sql),
        waiting: () => pool.waiting,
        processes: () => pool.size.alive,
        heldBytes: () => held.held,
      })
    : undefined
  const {
    webhooks,
    callbacks,
    onEnd: announce,
    ...deliveries
  } = await openWebhooks({ sql, queue: queue.deliveries, log, config }, delivery)
  const onEnd: OnEnd = async (transaction, task) => {
    await giveBackUndelivered(transaction, task)
    await announce(transaction, task)
  }
  const worker = new TaskWorker({
    sql,
    changes,
    pool,
    storage,
    log,
    onEnd,
    runTimeoutMs: config.runTimeoutMs,
    modelBatch: config.modelBatch,
  })
  // Nobody else can be running tasks of an embedded database: what is active was left by a process that died.
  if (database.kind === 'pglite') await queue.takeBack(await activeTasks(sql))
  if (works) {
    await queue.work(config.workers, (uid, claim) => worker.run(uid, claim))
    await deliveries.work()
    await queue.schedule('cleanup', CLEANUP_CRON, async () => {
      await cleanUp({ sql, storage, log, ttlMs: config.taskTtlMs })
      await removeEndedDeliveries(sql, config.taskTtlMs)
      await cleanUpAccess(sql)
    })
  }
  const library = openLibrary(config.models, { onWrongFile: (detail) => log.warn({ detail }, 'a model file is wrong') })
  const stopFetching = config.models.fetchDefaults ? keepDefaults(library, log) : () => {}
  // One of each kind: the first request should not wait for a process to start.
  void pool.warm(works ? 2 : 1).catch((error) => log.error({ err: error }, 'compute processes do not start'))
  const engine = createEngine({
    sql,
    queue,
    changes,
    storage,
    pool,
    webhooks,
    callbacks,
    onEnd,
    models: createModels(library, log),
    device: config.device,
    held,
    limits: config,
    presignedDownloads: config.presignedDownloads,
  })
  const computing = { sql, storage, compute: engine.compute }
  const indexer = works ? new Indexer({ ...computing, log }) : undefined
  let drained: Promise<void> | undefined
  const drain = () => {
    drained ??= (async () => {
      changes.endWatches()
      await queue.pause()
      await Promise.all([indexer?.stop(), worker.stop(config.stopGraceMs)])
    })()
    return drained
  }
  const leased = { onAdded: () => indexer?.wake(), leaseSeconds: LEASE_SECONDS }
  return {
    gate: openGate(sql, config),
    madeKey: config.role === 'worker' ? undefined : await ensureFirstKey(sql, config.access.firstKey),
    engine,
    library: createLibrary({ ...computing, ...leased, makeThumbnail: thumbnailMaker(pool) }),
    metrics,
    drain,
    async close() {
      stopFetching()
      await drain()
      await deliveries.stop()
      await queue.stop(0)
      await pool.close()
      await changes.close()
      await database.close()
    },
  }
}
