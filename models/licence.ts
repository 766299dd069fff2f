import type { Model } from './model'

/** Whether somebody has to accept the licence before the model is fetched or run. */
export const needsAcceptance = ({ licence }: Model): boolean => licence.commercial === 'no'
