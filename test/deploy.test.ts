import { readdirSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { describe, expect, test } from 'vitest'
import { parse, parseAllDocuments } from 'yaml'
import { readConfig } from '../server/config'
import { configTable } from '../server/config/environment'
import { createMetrics } from '../server/metrics/metrics'

// None of this runs here: no container, cluster or Prometheus. What can be said without them is checked.
const root = resolve(import.meta.dirname, '..')
const text = (path: string) => readFileSync(join(root, path), 'utf8')
const filesBelow = (folder: string) =>
  readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' }).map((name) => join(folder, name))

const YAML = ['compose.yaml', ...filesBelow('deploy').filter((name) => name.endsWith('.yaml'))]
const DASHBOARD = 'deploy/grafana/dashboard.json'

type Json = null | boolean | number | string | Json[] | { [name: string]: Json }

const documents = (path: string): Json[] =>
  parseAllDocuments(text(path), { merge: true }).map((document) => {
    expect(document.errors).toEqual([])
    return document.toJS() as Json
  })

/** Every value of that name, however deep it lies. */
function valuesOf(name: string, value: Json): Json[] {
  if (value === null || typeof value !== 'object') return []
  if (Array.isArray(value)) return value.flatMap((item) => valuesOf(name, item))
  const own = value[name] === undefined ? [] : [value[name]]
  return [...own, ...Object.values(value).flatMap((item) => valuesOf(name, item))]
}

const namesIn = (value: Json): string[] =>
  Array.isArray(value) ? value.map((item) => String((item as { name: Json }).name)) : Object.keys(value ?? {})

const variables = [...configTable().matchAll(/^\| `(\w+)`/gm)].map(([, name]) => name)
const compose = documents('compose.yaml')[0] as { services: Record<string, { [name: string]: Json }> }
const ours = Object.values(compose.services).filter(({ image }) => String(image).startsWith('darkroom:'))
const kubernetes = YAML.filter((name) => name.startsWith('deploy/kubernetes/')).flatMap(documents) as {
  kind: string
  data?: Record<string, string>
  stringData?: Record<string, string>
  spec?: { template?: Json }
}[]

test.each(YAML)('%s can be read', (path) => {
  expect(documents(path).length).toBeGreaterThan(0)
})

describe('the server reads every variable that is set for it', () => {
  test('by the Dockerfile', () => {
    const [, server] = text('Dockerfile')
      .split(/^FROM .*$/m)
      .slice(1)
    const set = [...server.matchAll(/(?:^ENV |^ {4})([A-Z_]+)=/gm)].map(([, name]) => name)
    expect(set.length).toBeGreaterThan(3)
    expect(
      set.filter((name) => !['NODE_ENV', 'NEXT_TELEMETRY_DISABLED'].includes(name) && !variables.includes(name)),
    ).toEqual([])
  })

  test('by compose', () => {
    const set = ours.flatMap(({ environment }) => namesIn(environment))
    expect(set).toContain('STORAGE_URL')
    expect(set.filter((name) => !variables.includes(name))).toEqual([])
  })

  test('by Kubernetes', () => {
    const set = [
      ...kubernetes.flatMap(({ data, stringData }) => Object.keys({ ...data, ...stringData })),
      ...kubernetes
        .flatMap(({ kind, spec }) => (kind === 'Deployment' ? valuesOf('env', spec ?? null) : []))
        .flatMap(namesIn),
    ]
    expect(set).toEqual(expect.arrayContaining(['ROLE', 'STORAGE_URL', 'SECRET_KEY']))
    expect(set.filter((name) => !variables.includes(name))).toEqual([])
  })
})

test.each(ours.map((service) => service.environment as Record<string, string>))(
  'the server takes what compose sets for role $ROLE',
  (environment) => {
    const filled = Object.entries(environment).map(([name, value]) => [
      name,
      String(value).replace(/\$\{\w+:\?\}/g, 'a-long-random-text'),
    ])
    const config = readConfig(Object.fromEntries(filled))
    expect(config).toMatchObject({
      role: environment.ROLE,
      storage: { kind: 's3', bucket: 'darkroom' },
      queueLimit: 5000,
    })
  },
)

test('the server takes what Kubernetes sets, and the backlog of the alert can be reached', () => {
  const data = kubernetes.find(({ kind }) => kind === 'ConfigMap')?.data
  const keys = { AWS_ACCESS_KEY_ID: 'id', AWS_SECRET_ACCESS_KEY: 'secret', DATABASE_URL: 'postgres://db/darkroom' }
  const config = readConfig({ ...data, ...keys, ROLE: 'worker' })
  expect(config.storage).toMatchObject({ kind: 's3', region: 'eu-central-1', style: 'virtual' })
  expect(config.queueLimit).toBeGreaterThan(1000)
})

test('no file has a secret in it', () => {
  const secrets = /PASSWORD|SECRET|TOKEN|API_KEY/
  const inCompose = Object.values(compose.services).flatMap(({ environment }) => Object.entries(environment ?? {}))
  for (const [name, value] of inCompose) if (secrets.test(name)) expect(value).toMatch(/^\$\{\w+:\?\}$/)
  for (const { kind, stringData } of kubernetes) {
    if (kind === 'Secret') expect(Object.values(stringData ?? {}).join('')).toBe('')
  }
  expect(text('deploy/compose.env.example')).not.toMatch(/^\w+=.+/m)
})

test('every image has a version', () => {
  const composed = Object.values(compose.services).map(({ image }) => String(image))
  const deployed = kubernetes.flatMap((document) => valuesOf('image', document as unknown as Json)).map(String)
  const built = [...text('Dockerfile').matchAll(/^FROM (\S+)/gm)].map(([, image]) => image)
  expect(built).toHaveLength(2)
  for (const image of [...composed, ...deployed, ...built]) expect(image).toMatch(/:(?!latest)\S*\d\S*$/)
})

describe('the Dockerfile', () => {
  const lines = text('Dockerfile')

  test('runs scripts that package.json has, and starts what the build makes', () => {
    const { scripts } = JSON.parse(text('package.json'))
    const run = [...lines.matchAll(/npm run ([\w-]+)/g)].map(([, name]) => name)
    expect(run).toEqual(['build', 'models'])
    for (const name of run) expect(scripts).toHaveProperty(name)
    expect(lines).toContain('CMD ["node", ".build/server/main.js"]')
    expect(text('server/build/build.mjs')).toContain('.build/server/main.js')
  })

  test('has the command line where the shell finds it', () => {
    const { bin } = JSON.parse(text('package.json'))
    expect(lines).toContain(`COPY --from=build /app/${bin.darkroom} ./${bin.darkroom}\n`)
    expect(lines).toContain(`ln -s /app/${bin.darkroom} /usr/local/bin/darkroom`)
    expect(text('docs/deployment.md')).toMatch(/docker run .* darkroom darkroom plates /)
  })

  test('copies nothing that is kept out of its context, and runs as nobody with rights', () => {
    const copied = [...lines.matchAll(/^COPY --from=build (.+) \S+$/gm)].flatMap(([, paths]) => paths.split(' '))
    const made = ['server', 'cli', 'keys', 'models/main.js'].map((name) => `/app/.build/${name}`)
    made.push('/app/node_modules', '/app/.next', '/models')
    const ignored = text('.dockerignore').split('\n').filter(Boolean)
    for (const path of copied.filter((name) => !made.includes(name))) {
      expect(ignored.filter((name) => path.slice('/app/'.length).split('/')[0] === name)).toEqual([])
      expect(() => readdirOrFile(path.slice('/app/'.length))).not.toThrow()
    }
    expect(copied).toEqual(expect.arrayContaining(made))
    expect(lines).toMatch(/^USER node$/m)
    expect(lines).toMatch(/^HEALTHCHECK /m)
  })
})

const readdirOrFile = (path: string) => {
  try {
    return readdirSync(join(root, path))
  } catch {
    return text(path)
  }
}

test('Kubernetes: containers write to their volumes only, and have longer to stop than tasks have to end', () => {
  const grace = Number(kubernetes.find(({ kind }) => kind === 'ConfigMap')?.data?.STOP_GRACE_SECONDS)
  const deployments = kubernetes.filter(({ kind }) => kind === 'Deployment') as unknown as Json[]
  expect(deployments).toHaveLength(2)
  for (const deployment of deployments) {
    expect(valuesOf('readOnlyRootFilesystem', deployment)).toEqual([true])
    expect(valuesOf('runAsNonRoot', deployment)).toEqual([true])
    expect(valuesOf('mountPath', deployment)).toEqual(['/data', '/tmp'])
    expect(valuesOf('terminationGracePeriodSeconds', deployment)[0]).toBeGreaterThan(grace)
  }
})

test('kustomize lists every manifest but the example of a secret', () => {
  const { resources } = parse(text('deploy/kubernetes/kustomization.yaml'))
  const files = readdirSync(join(root, 'deploy/kubernetes'))
  expect([...resources, 'kustomization.yaml', 'secret.example.yaml'].sort()).toEqual(files.sort())
})

test('alerts, dashboard and scaling ask for counts that the server keeps', async () => {
  const { expose } = createMetrics({
    tasks: async () => ({ queued: 0, running: 0 }),
    waiting: () => 0,
    processes: () => 0,
    heldBytes: () => 0,
  })
  const kept = new Set([...(await expose()).matchAll(/^# TYPE (\S+) /gm)].map(([, name]) => name))
  const queries = [
    ...valuesOf('expr', documents('deploy/prometheus/rules.yaml')),
    ...valuesOf('expr', JSON.parse(text(DASHBOARD))),
    ...valuesOf('query', documents('deploy/kubernetes/autoscale.yaml')),
  ].map(String)
  const asked = queries.flatMap((query) => query.match(/\b(?:darkroom|process|nodejs)_\w+/g) ?? [])
  expect(asked.length).toBeGreaterThanOrEqual(queries.length)
  expect(asked.filter((name) => !kept.has(name.replace(/_bucket$/, '')))).toEqual([])
  const rules = valuesOf('expr', documents('deploy/prometheus/rules.yaml')).join('\n')
  for (const limit of ['> 0.05', '> 1000', '> 10']) expect(rules).toContain(limit)
})

test('the function of Vercel has the built server, whose files its route cannot name', () => {
  const list = '.build/server/function-files.json'
  for (const path of ['server/build/function-files.mjs', 'next.config.ts']) expect(text(path)).toContain(`'${list}'`)
  const steps = [...text('server/build/build.mjs').matchAll(/name: '([^']+)'/g)].map(([, name]) => name)
  expect(steps.indexOf('server')).toBeLessThan(steps.indexOf('pages')) // its files are listed before Next asks for them
})

test('Vercel builds with a script of ours and serves a route that is there', () => {
  const { buildCommand, functions } = JSON.parse(text('vercel.json'))
  expect(JSON.parse(text('package.json')).scripts).toHaveProperty(buildCommand.replace('npm run ', ''))
  for (const path of Object.keys(functions)) expect(() => text(path)).not.toThrow()
})
