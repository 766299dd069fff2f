import { readFile } from 'node:fs/promises'
import { homedir } from 'node:os'
import { join } from 'node:path'

/** npm's settings by name: `registry`, `@scope:registry`, `//host/:_authToken`, `https-proxy`, `cafile` … */
export type NpmConfig = Readonly<Record<string, string>>

type Environment = Readonly<Record<string, string | undefined>>

/**
 * Reads what npm itself would use: the user's and this folder's `.npmrc`, then `npm_config_…` variables, the later
 * before the earlier.
 */
export async function readNpmConfig(env: Environment = process.env): Promise<NpmConfig> {
  const files = [env.npm_config_userconfig ?? join(homedir(), '.npmrc'), '.npmrc']
  const texts = await Promise.all(files.map((file) => readFile(file, 'utf8').catch(() => '')))
  return Object.assign({}, ...texts.map((text) => parseNpmrc(text, env)), fromVariables(env))
}

/** `name = value` lines; a name in `${}` stands for an environment variable, `;` and `#` begin comments. */
export function parseNpmrc(text: string, env: Environment): NpmConfig {
  const settings = text.split(/\r?\n/).flatMap((line) => {
    const [, name, value] = /^\s*([^;#=\s][^=]*?)\s*=\s*(.*?)\s*$/.exec(line) ?? []
    if (name === undefined) return []
    const bare = value.replace(/^(["'])(.*)\1$/, '$2')
    return [[name, bare.replaceAll(/\$\{([^}]+)\}/g, (all, variable) => env[variable] ?? all)]]
  })
  return Object.fromEntries(settings)
}

function fromVariables(env: Environment): NpmConfig {
  const settings = Object.entries(env).flatMap(([name, value]) => {
    const setting = /^npm_config_(.+)$/i.exec(name)?.[1].toLowerCase()
    if (setting === undefined || !value) return []
    return [[setting.startsWith('//') || setting.startsWith('@') ? setting : setting.replaceAll('_', '-'), value]]
  })
  return Object.fromEntries(settings)
}

/** The settings as npm's own packages take them. */
export async function npmFetchOptions(config: NpmConfig): Promise<Record<string, unknown>> {
  const ca = config.cafile === undefined ? undefined : await readFile(config.cafile, 'utf8')
  const scoped = Object.entries(config).filter(([name]) => name.startsWith('//') || name.startsWith('@'))
  return {
    ...Object.fromEntries(scoped),
    ...(config.registry && { registry: config.registry }),
    ...((config['https-proxy'] ?? config.proxy) && { proxy: config['https-proxy'] ?? config.proxy }),
    ...(config['replace-registry-host'] && { replaceRegistryHost: config['replace-registry-host'] }),
    ...(config.noproxy && { noProxy: config.noproxy }),
    ...(ca && { ca }),
    ...(config['strict-ssl'] === 'false' && { strictSSL: false }),
  }
}
