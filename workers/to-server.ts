export const PLACE_HEADER = 'x-darkroom-place'

/** Headers of a request that the page means for the real server: the service worker lets it pass, unless in private mode. */
export const toServer: Readonly<Record<string, string>> = { [PLACE_HEADER]: 'server' }
