/** Which backend was quickest on this device: workers have no localStorage. */
export const BACKENDS_DATABASE = 'darkroom-backends'
