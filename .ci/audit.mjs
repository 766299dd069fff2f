// Whether a package that the product runs on has a known hole: `npm audit --omit=dev`, with a verdict that says what
// was and what was not checked. A high or critical finding fails, unless SECURITY.md argues why it does not apply.
//
// node .ci/audit.mjs [a report that `npm audit --json` wrote]
import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'

const GRAVE = ['high', 'critical']

const [file] = process.argv.slice(2)
const report = parse(file ? readFileSync(file, 'utf8') : ask())
const argued = readFileSync(new URL('../SECURITY.md', import.meta.url), 'utf8')

if (!report.vulnerabilities) {
  const why = report.message ?? report.error?.summary ?? 'its answer is no report'
  console.log(`NOT AUDITED: the package registry does not say which packages have known holes (${why}).`)
  console.log('Nothing is known of them either way; run "npm audit --omit=dev" where the registry answers.')
  process.exit(0)
}

const grave = Object.values(report.vulnerabilities).filter(({ severity }) => GRAVE.includes(severity))
const open = grave.filter(({ name }) => !argued.includes(`\`${name}\` is affected`))
for (const { name, severity, range } of grave) {
  console.log(`${severity}: ${name} ${range}${open.some((one) => one.name === name) ? '' : ' (argued in SECURITY.md)'}`)
}
const { total = 0 } = report.metadata?.vulnerabilities ?? {}
console.log(`Audited: ${total} known findings in what the product runs on, ${open.length} of them high and not argued.`)
process.exit(open.length > 0 ? 1 : 0)

function ask() {
  return spawnSync('npm', ['audit', '--omit=dev', '--json'], { encoding: 'utf8', shell: process.platform === 'win32' })
    .stdout
}

function parse(text) {
  try {
    return JSON.parse(text)
  } catch {
    return { message: 'npm gave no answer' }
  }
}
