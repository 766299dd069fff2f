import { fileURLToPath } from 'node:url'

/** The SQL files; the build copies them beside the bundle, so the same words find them in both places. */
export const MIGRATIONS = { migrationsFolder: fileURLToPath(new URL('./migrations', import.meta.url)) }
