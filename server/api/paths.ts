/**
 * First path segments that the REST app answers, on every host. `docs-assets` is not among them: those files also lie
 * in `public/`, so a static host may serve them itself.
 */
export const API_FOLDERS = [
  'api',
  'uploads',
  'thumbnails',
  'results',
  'models',
  'openapi.json',
  'postman.json',
  'docs',
  'redoc',
  'health',
  'metrics',
  'embed',
  'tasks_storage',
  'image',
] as const

/** Where the files of the two documentation pages lie. */
export const DOCS_ASSETS = 'docs-assets'

const OURS = new Set<string>([...API_FOLDERS, DOCS_ASSETS])

/**
 * Whether a request belongs to the REST app and not to the pages.
 *
 * @param pathname as in `URL.pathname`
 * @param accept the request's Accept header; it decides who answers `/`
 */
export function isApiRequest(pathname: string, accept: string | null | undefined): boolean {
  if (pathname === '/') return wantsJson(accept ?? '')
  return OURS.has(pathname.split('/')[1])
}

/** A browser asks for HTML, `curl` for anything: both get the page. */
const wantsJson = (accept: string): boolean => /\bapplication\/json\b/i.test(accept) && !/\btext\/html\b/i.test(accept)
