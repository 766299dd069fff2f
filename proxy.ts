import { type NextRequest, NextResponse } from 'next/server'

/** Gives each page a policy with a fresh nonce, which Next puts on the inline scripts it writes itself. */
export function proxy(request: NextRequest) {
  const policy = contentSecurityPolicy(btoa(crypto.randomUUID()))
  const headers = new Headers(request.headers)
  headers.set('Content-Security-Policy', policy)
  const response = NextResponse.next({ request: { headers } })
  response.headers.set('Content-Security-Policy', policy)
  return response
}

function contentSecurityPolicy(nonce: string): string {
  const development = process.env.NODE_ENV === 'development' ? " 'unsafe-eval'" : '' // React's stack traces need it
  return [
    "default-src 'self'",
    `script-src 'self' 'nonce-${nonce}' 'wasm-unsafe-eval'${development}`,
    "style-src 'self' 'unsafe-inline'", // style attributes: the canvas moves by them
    "img-src 'self' blob: data:",
    "font-src 'self'",
    "connect-src 'self' blob:",
    "worker-src 'self' blob:",
    "manifest-src 'self'",
    "object-src 'none'",
    "base-uri 'self'",
    "form-action 'self'",
    "frame-ancestors 'none'",
  ].join('; ')
}

export const config = {
  // Pages only. Uploads must never pass here: a proxy holds the whole body in memory.
  matcher:
    '/((?!api/|api$|_next/|uploads/|thumbnails/|results/|tasks_storage/|health/|metrics$|embed$|image$|image/|docs|redoc|.*\\.).*)',
}
