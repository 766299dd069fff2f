import { fileURLToPath } from 'node:url'

/** The SQL files; the build copies them beside the bundle, so the same words find them in both places. */
export const MIGRATIONS = { migrationsFolder: fileURLToPath(new URL('./migrations', import.meta.url)) }

/** Before the migrations, which have columns of its types. */
export const VECTOR = 'create extension if not exists vector'
