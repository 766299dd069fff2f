/** What gave a mark away: letters, a repetition over the picture, a drawn shape in a corner, or being in several pictures. */
export const KINDS = ['text', 'pattern', 'logo', 'shared'] as const
export type Kind = (typeof KINDS)[number]

/** Lowest score that counts: rather nothing is found than a part of the scene taken. */
export const THRESHOLD = 0.8

/** Pixels that a mask reaches beyond its mark. */
export const GROW = 1

/** From fewer pictures a mark that they share is not told from what they show. */
export const LEAST_PICTURES = 3
