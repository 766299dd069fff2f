import { canonicalJson } from '../../core/canonical-json'
import { encodeText } from '../../core/metadata/text'
import type { EncodedFile } from '../../core/operator'
import type { Sign } from '../../core/ports'

/**
 * What was done to one file, for whoever has to show it later. With a signature it is proof: that is made over the
 * receipt without `signature`, as RFC 8785 (canonical JSON) writes it in UTF-8.
 */
export async function signedReceipt(content: Readonly<Record<string, unknown>>, sign?: Sign): Promise<EncodedFile> {
  const signature = sign ? await sign(encodeText(canonicalJson(content))) : null
  return { bytes: encodeText(`${JSON.stringify({ ...content, signature }, null, 2)}\n`), type: 'application/json' }
}
