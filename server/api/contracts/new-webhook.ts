import * as z from 'zod'

const MOST_CHARACTERS = 2048

/** The address and secret of a receiver. Where an address may lead is for the engine to say: it knows its network. */
export const NewWebhook = z
  .strictObject({
    url: z
      .string()
      .max(MOST_CHARACTERS)
      .superRefine((url, context) => {
        const message = complaintAbout(url)
        if (message) context.addIssue({ code: 'custom', message })
      })
      .meta({ description: 'http or https, without user name and password', format: 'uri' }),
    secret: z
      .string()
      .min(1)
      .max(256)
      .refine(isSecret, { error: 'Value error, After whsec_ there must be base64' })
      .nullish()
      .meta({ description: 'Signs what is sent; never shown again. `whsec_` and base64, or any text' }),
  })
  .meta({ title: 'New webhook', examples: [{ url: 'https://example.org/hook', secret: 'a long random text' }] })

function complaintAbout(text: string): string | undefined {
  // The parser would drop spaces and control characters, and what is stored is not what was meant.
  const url = URL.canParse(text) && !/[\s\p{Cc}]/u.test(text) ? new URL(text) : undefined
  if (!url) return 'Value error, Input should be a whole URL, such as https://example.org/hook'
  if (url.protocol !== 'http:' && url.protocol !== 'https:')
    return "Value error, URL scheme should be 'http' or 'https'"
  if (url.username || url.password) return 'Value error, URL should not contain a user name or password; use a secret'
  return undefined
}

/** What says of itself that it is a Standard Webhooks secret must be one, or no library would find the same key. */
function isSecret(secret: string): boolean {
  return !secret.startsWith('whsec_') || z.base64().min(1).safeParse(secret.slice('whsec_'.length)).success
}
