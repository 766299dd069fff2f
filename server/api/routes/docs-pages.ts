import { DOCS_ASSETS } from '../paths'

const FONT = 'system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", sans-serif'

/** A documentation page is a frame for its library: markup, and a script of its own since inline script is refused. */
export interface DocsPage {
  readonly path: string
  readonly html: string
  readonly script: string
}

const page = (path: string, { title, head, library }: { title: string; head: string; library: string }): string =>
  `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title}</title>
<link rel="icon" href="data:,">
${head}
</head>
<body>
<main id="docs"></main>
<noscript>This page needs JavaScript. The same in one file: <a href="/openapi.json">/openapi.json</a></noscript>
<script src="/${DOCS_ASSETS}/${library}"></script>
<script src="${path}/init.js"></script>
</body>
</html>
`

const swagger: DocsPage = {
  path: '/docs',
  html: page('/docs', {
    title: 'Darkroom API',
    head: `<link rel="stylesheet" href="/${DOCS_ASSETS}/swagger-ui.css">`,
    library: 'swagger-ui-bundle.js',
  }),
  script: `const dark = matchMedia('(prefers-color-scheme: dark)')
const follow = () => document.documentElement.classList.toggle('dark-mode', dark.matches)
dark.addEventListener('change', follow)
follow()
SwaggerUIBundle({
  url: '/openapi.json',
  dom_id: '#docs',
  deepLinking: true,
  displayRequestDuration: true,
  defaultModelsExpandDepth: 0,
  validatorUrl: null,
})
`,
}

const redoc: DocsPage = {
  path: '/redoc',
  html: page('/redoc', {
    title: 'Darkroom API reference',
    head: '<style>body { margin: 0 }</style>',
    library: 'redoc.standalone.js',
  }),
  script: `Redoc.init('/openapi.json', {
  nativeScrollbars: true,
  hideHostname: true,
  theme: { typography: { fontFamily: '${FONT}', headings: { fontFamily: '${FONT}' } } },
}, document.getElementById('docs'))
`,
}

export const docsPages: readonly DocsPage[] = [swagger, redoc]
