/** As in package.json; a test keeps them alike, since the service worker cannot read that file. */
export const VERSION = '0.1.0'
