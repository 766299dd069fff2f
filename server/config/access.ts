import { z } from 'zod'
import { flag, list, type Values } from './variable'

export const accessVariables = {
  API_KEY: z
    .string()
    .regex(/^[!-~]{8,200}$/)
    .optional()
    .meta({
      description:
        'The first key, an administrator’s; another one at a later start takes its place. Not set, one is made and printed at the first start',
      right: 'a random text of 8 to 200 letters, digits and signs',
    }),
  OPEN_FAMILIES: list(z.enum(['matching', 'plates', 'faces'])).meta({
    description:
      'Which parts of the API need no key wherever a request comes from; not set, they need none on this machine only. Inpainting needs one always, except from the page on this machine',
    right: 'a list of matching, plates and faces, separated by commas',
  }),
  BEHIND_PROXY: flag(
    false,
    'Whether a proxy stands before this server that appends each client’s address to `X-Forwarded-For`: limits then count that one',
  ),
}

type Variables = Values<typeof accessVariables>

/** Who may ask for what. */
export interface AccessConfig {
  readonly access: {
    readonly firstKey: string | undefined
    readonly openFamilies: Variables['OPEN_FAMILIES']
    /** Whether the last address of `X-Forwarded-For` is the sender's. */
    readonly behindProxy: boolean
  }
}

export const accessConfig = (variables: Variables): AccessConfig => ({
  access: {
    firstKey: variables.API_KEY,
    openFamilies: variables.OPEN_FAMILIES,
    behindProxy: variables.BEHIND_PROXY,
  },
})
