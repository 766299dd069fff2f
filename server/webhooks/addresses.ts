import { BlockList, isIP } from 'node:net'

/** Not to be reached over the internet: IANA's special-purpose registry, multicast and reserved addresses. */
const SPECIAL_IPV4 = [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.0.2.0', 24],
  ['192.88.99.0', 24],
  ['192.168.0.0', 16],
  ['198.18.0.0', 15],
  ['198.51.100.0', 24],
  ['203.0.113.0', 24],
  ['224.0.0.0', 4],
  ['240.0.0.0', 4],
] as const

/** What one's own machines and networks use: loopback, RFC 1918, RFC 6598 and RFC 4193. */
const PRIVATE_IPV4 = [
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['172.16.0.0', 12],
  ['192.168.0.0', 16],
] as const
const PRIVATE_IPV6 = [
  ['::1', 128],
  ['fc00::', 7],
] as const

/** Only 2000::/3 is given out; within it, what carries an IPv4 address inside or is for documents and protocols. */
const GLOBAL_IPV6 = ['2000::', 3] as const
const SPECIAL_IPV6 = [
  ['2001::', 23],
  ['2001:db8::', 32],
  ['2002::', 16],
  ['3fff::', 20],
] as const

const special = new BlockList()
for (const [net, prefix] of SPECIAL_IPV4) special.addSubnet(net, prefix, 'ipv4')
for (const [net, prefix] of SPECIAL_IPV6) special.addSubnet(net, prefix, 'ipv6')
const own = new BlockList()
for (const [net, prefix] of PRIVATE_IPV4) own.addSubnet(net, prefix, 'ipv4')
for (const [net, prefix] of PRIVATE_IPV6) own.addSubnet(net, prefix, 'ipv6')
const global = new BlockList()
global.addSubnet(...GLOBAL_IPV6, 'ipv6')

/**
 * Whether an address belongs to the internet at large. Forms that carry another address (v4-mapped, NAT64, 6to4,
 * Teredo) do not, whatever they carry: what they lead to is up to the network.
 */
export function isPublicAddress(address: string): boolean {
  switch (isIP(address)) {
    case 4:
      return !special.check(address, 'ipv4')
    case 6:
      return global.check(address, 'ipv6') && !special.check(address, 'ipv6')
    default:
      return false
  }
}

/** Whether an address is one of this machine or of a network like a home's or a company's; link-local ones are not. */
export function isPrivateAddress(address: string): boolean {
  const family = isIP(address)
  return family !== 0 && !MAPPED.test(address) && own.check(address, family === 4 ? 'ipv4' : 'ipv6')
}

const MAPPED = /^::ffff:/i // a block list looks through these, to the address inside
