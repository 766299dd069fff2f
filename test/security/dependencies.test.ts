import { execFile } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { describe, expect, test } from 'vitest'
import { temporaryFolder } from '../server/support'

interface Locked {
  readonly version?: string
  readonly resolved?: string
  readonly integrity?: string
  readonly optional?: boolean
  readonly link?: boolean
  readonly hasInstallScript?: boolean
}

const packages = (): [path: string, locked: Locked][] =>
  Object.entries<Locked>(JSON.parse(readFileSync('package-lock.json', 'utf8')).packages).filter(([path]) => path !== '')

describe('the packages that are installed', () => {
  test('come from the registry with the hash that was locked; those of other platforms, which are optional, may lack it', () => {
    const strays = packages().filter(
      ([, { resolved = '' }]) => resolved !== '' && !resolved.startsWith('https://registry.'),
    )
    const unsure = packages().filter(([, one]) => !one.link && !one.optional && !one.integrity?.startsWith('sha512-'))
    expect([strays, unsure]).toEqual([[], []])
  })

  test('run no script of their own at the install, unless package.json says so by name', () => {
    const { allowScripts } = JSON.parse(readFileSync('package.json', 'utf8'))
    const names = packages().flatMap(([path, one]) =>
      one.hasInstallScript ? path.split('node_modules/').slice(-1) : [],
    )
    expect(names.filter((name) => !(name in allowScripts))).toEqual([])
  })
})

const run = promisify(execFile)

async function verdictOn(report: unknown) {
  const file = join(await temporaryFolder(), 'report.json')
  await writeFile(file, JSON.stringify(report))
  return run(process.execPath, ['.ci/audit.mjs', file]).then(
    ({ stdout }) => ({ code: 0, stdout }),
    ({ code, stdout }) => ({ code, stdout }),
  )
}

describe('the audit', () => {
  const found = (severity: string) => ({
    vulnerabilities: { leaky: { name: 'leaky', severity, range: '<2' } },
    metadata: { vulnerabilities: { total: 1 } },
  })

  test.each(['high', 'critical'])('fails for a %s finding, and names the package', async (severity) => {
    expect(await verdictOn(found(severity))).toEqual({
      code: 1,
      stdout: expect.stringContaining(`${severity}: leaky <2`),
    })
  })

  test('passes for a moderate one, and counts it', async () => {
    expect(await verdictOn(found('moderate'))).toEqual({ code: 0, stdout: expect.stringContaining('1 known findings') })
  })

  test('says that nothing was checked where the registry does not answer', async () => {
    const { code, stdout } = await verdictOn({ message: '405 Method Not Allowed', statusCode: 405 })
    expect([code, stdout]).toEqual([0, expect.stringMatching(/^NOT AUDITED: .*405/)])
  })
})
