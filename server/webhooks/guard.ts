import type { LookupAddress } from 'node:dns'
import { lookup } from 'node:dns/promises'
import { isIP, type LookupFunction } from 'node:net'
import { isPrivateAddress, isPublicAddress } from './addresses'

/** The addresses of a name; rejects when it has none. */
export type Resolve = (name: string) => Promise<readonly LookupAddress[]>

/** The receiver is at an address that is not to be reached. */
export class BlockedAddressError extends Error {
  override readonly name = 'BlockedAddressError'
}

/** Keeps deliveries away from this machine's own network, which a stranger could else reach through us. */
export interface Guard {
  /**
   * What can be told of an address before it is used; a name that cannot be resolved now may be later.
   *
   * @throws BlockedAddressError
   */
  check(url: URL): Promise<void>
  /** @throws BlockedAddressError when the URL names an address outright: connecting then looks nothing up */
  checkLiteral(url: URL): void
  /** For the connection itself: the address that was checked is the one that is used. */
  readonly lookup: LookupFunction
}

const RESOLVE_MS = 2000

const resolveName: Resolve = (name) => lookup(name, { all: true })

export function createGuard(allowPrivate: boolean, resolve: Resolve = resolveName): Guard {
  const refuseAny = (name: string, addresses: readonly string[]) => {
    const bad = addresses.find((address) => !isPublicAddress(address) && !(allowPrivate && isPrivateAddress(address)))
    if (bad !== undefined) throw blocked(name, bad)
  }
  const checkLiteral = (url: URL) => {
    const host = bareHost(url)
    if (isIP(host)) refuseAny(host, [host])
  }
  return {
    checkLiteral,
    async check(url) {
      checkLiteral(url)
      const host = bareHost(url)
      if (isIP(host)) return
      const addresses = await Promise.race([resolve(host).catch(() => []), nothingAfter(RESOLVE_MS)])
      refuseAny(
        host,
        addresses.map(({ address }) => address),
      )
    },
    lookup: (name, { all }, callback) => {
      resolve(name)
        .then((addresses) => {
          if (addresses.length === 0) throw Object.assign(new Error(`${name} has no address`), { code: 'ENOTFOUND' })
          refuseAny(
            name,
            addresses.map(({ address }) => address),
          )
          return [...addresses]
        })
        .then(
          (addresses) => (all ? callback(null, addresses) : callback(null, addresses[0].address, addresses[0].family)),
          (error) => callback(error, ''),
        )
    },
  }
}

/** IPv6 without its brackets. `URL` has already turned 0x7f.1 and 2130706433 into 127.0.0.1. */
const bareHost = ({ hostname }: URL): string => hostname.replace(/^\[|\]$/g, '')

function blocked(name: string, address: string): BlockedAddressError {
  const where = name === address ? address : `${name} leads to ${address}, which`
  const remedy = isPrivateAddress(address) ? '; WEBHOOK_ALLOW_PRIVATE=true permits private ones' : ''
  return new BlockedAddressError(`${where} is not an address of the internet${remedy}`)
}

const nothingAfter = (ms: number) => new Promise<[]>((resolve) => setTimeout(resolve, ms, []).unref())
