/** What pages and the service worker say to each other, by `type`. */

/** Service worker → page, with a port: serve your pool on it. */
export const BORROW = 'darkroom:borrow'
/** Page → service worker: there is somebody to compute; waiting tasks can run. */
export const PAGE_READY = 'darkroom:page-ready'
/** Page → service worker, again and again while the page works for it: messages keep it from being stopped. */
export const STAY_AWAKE = 'darkroom:stay-awake'
/**
 * Page → service worker, `{ on }` with a port: private mode of this page alone; answered on the port when it holds.
 */
export const PRIVATE = 'darkroom:private'
/** Page → waiting service worker: take over. The word is serwist's. */
export const SKIP_WAITING = 'SKIP_WAITING'
