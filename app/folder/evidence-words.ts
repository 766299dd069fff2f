const VERDICTS = ['same_file', 'reencoded', 'edited', 'similar', 'different'] as const
const EDITS = ['resized', 'cropped', 'extended', 'turned', 'mirrored', 'recolored', 'overlaid'] as const

type VerdictWord = (typeof VERDICTS)[number]
export type EditWord = (typeof EDITS)[number]

/** Whether the page has words for it: what an older version kept may be another. */
export const isVerdict = (word: string): word is VerdictWord => VERDICTS.some((verdict) => verdict === word)
export const isEdit = (word: string): word is EditWord => EDITS.some((edit) => edit === word)
