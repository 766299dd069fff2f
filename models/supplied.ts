import type { Model } from './model'

/** Whether the user has to supply the files of a model. It runs on the server only, which has them in `MODELS_DIR`. */
export const isSupplied = ({ sources }: Model): boolean => sources.some(({ kind }) => kind === 'supplied')
