import { defineConfig } from 'drizzle-kit'

export default defineConfig({
  dialect: 'postgresql',
  schema: ['./server/db/schema.ts', './server/db/access-schema.ts', './server/db/library-schema.ts'],
  out: './server/db/migrations',
})
