import * as z from 'zod'

const Evidence = z.object({
  edits: z.array(z.string()),
  similarity: z.number().nullable(),
  pdq_distance: z.int(),
  inliers: z.int(),
  alignment: z.object({ overlap: z.number(), inside: z.number() }).nullable(),
})

/** What the page shows of a comparison. */
export type Evidence = z.infer<typeof Evidence>

/** Nothing where there is none, or where another version of the server has written it otherwise. */
export const evidenceOf = (stored: unknown): Evidence | undefined => Evidence.safeParse(stored).data
