import { z } from 'zod'
import { type AllowedHosts, isLoopbackName } from '../allowed-hosts'
import { list, type Values } from './variable'

const port = z.coerce.number().int().min(0).max(65535)

export const listenVariables = {
  PORT: port.default(8080).meta({
    description:
      'Port of the page and the API; 0 picks a free one. A worker (`ROLE`) answers `/health/live`, `/health/ready` and `/metrics` there, and listens only where this is set',
    right: 'a port from 0 to 65535',
  }),
  EXTRA_PORTS: z
    .string()
    .default('')
    .transform((ports): unknown[] => ports.split(',').filter((item) => item.trim() !== ''))
    .pipe(z.array(port))
    .meta({
      description: 'More ports that answer the same, for clients that know an older address',
      right: 'a list of ports from 0 to 65535, separated by commas',
    }),
  HOST: z.string().default('127.0.0.1').meta({
    description: 'Address to listen on; 0.0.0.0 opens the server to the network',
    right: 'an IP address or a host name',
  }),
  ALLOWED_HOSTS: list(z.string().regex(/^[^\s/\\?#@]+$/)).meta({
    description:
      'Names and addresses that clients may call the server by, beside localhost; a request for another is refused with 421. Not set, that is `HOST`, or any name when `HOST` opens the server to the network; `*` is any',
    right: 'a list of host names without scheme and port, separated by commas',
  }),
  ROLE: z.enum(['all', 'api', 'worker']).default('all').meta({
    description: 'What this process does: answer requests (`api`), run tasks (`worker`) or both (`all`)',
    right: 'all, api or worker',
  }),
}

type Variables = Values<typeof listenVariables>

export interface ListenConfig {
  readonly role: Variables['ROLE']
  readonly host: string
  readonly allowedHosts: AllowedHosts
  /** The first is the main one; none where a worker was given none. */
  readonly ports: readonly number[]
}

export const listenConfig = (variables: Variables): ListenConfig => ({
  role: variables.ROLE,
  host: variables.HOST,
  allowedHosts: allowedHosts(variables),
  ports: [...new Set([variables.PORT, ...variables.EXTRA_PORTS])],
})

function allowedHosts({ ALLOWED_HOSTS, HOST }: Variables): AllowedHosts {
  if (ALLOWED_HOSTS.length === 0) return isLoopbackName(HOST) ? [HOST] : 'any'
  return ALLOWED_HOSTS.includes('*') ? 'any' : ALLOWED_HOSTS
}
