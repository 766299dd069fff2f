// Copies the libraries of /docs and /redoc to public/docs-assets, so that they come from our own origin.
import { copyFileSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'

const TARGET = 'public/docs-assets'

// ReDoc shows its maker's logo from a foreign host.
const FOREIGN_LOGO = 'https://cdn.redoc.ly/redoc/logo-mini.svg'
const NO_PICTURE = 'data:image/svg+xml,%3Csvg xmlns=%22http://www.w3.org/2000/svg%22/%3E'

const require = createRequire(import.meta.url)
const folderOf = (name) => dirname(require.resolve(`${name}/package.json`))

export function buildDocsAssets() {
  mkdirSync(TARGET, { recursive: true })
  const swagger = folderOf('swagger-ui-dist')
  for (const name of ['swagger-ui.css', 'swagger-ui-bundle.js']) {
    copyWithoutSourceMap(join(swagger, name), join(TARGET, name))
  }
  copyFileSync(join(swagger, 'LICENSE'), join(TARGET, 'swagger-ui.LICENSE.txt'))
  copyRedoc(folderOf('redoc'))
}

function copyRedoc(folder) {
  const source = readFileSync(join(folder, 'bundles/redoc.standalone.js'), 'utf8')
  if (!source.includes(FOREIGN_LOGO)) throw new Error('ReDoc has changed: look for its logo, or drop the replacement')
  writeFileSync(join(TARGET, 'redoc.standalone.js'), withoutSourceMap(source.replaceAll(FOREIGN_LOGO, NO_PICTURE)))
  copyFileSync(join(folder, 'LICENSE'), join(TARGET, 'redoc.LICENSE.txt'))
}

const copyWithoutSourceMap = (from, to) => writeFileSync(to, withoutSourceMap(readFileSync(from, 'utf8')))

// The maps are not served: a browser with open developer tools would ask for them in vain.
const withoutSourceMap = (source) => source.replace(/^(\/\/|\/\*)# sourceMappingURL=.*$/m, '')
