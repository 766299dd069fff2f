'use client'
import type { Issue } from '../../core/errors'
import type { TextKey } from './dictionary'
import { useWords } from './words'

/** Sentences of the page for kinds of mistakes; several kinds ask for the same. */
const SENTENCES: Readonly<Record<string, TextKey>> = {
  missing: 'issueMissing',
  extra_forbidden: 'issueExtra',
  less_than: 'issueLess',
  less_than_equal: 'issueLessEqual',
  greater_than: 'issueGreater',
  greater_than_equal: 'issueGreaterEqual',
  enum: 'issueEnum',
  int_type: 'issueInteger',
  int_parsing: 'issueInteger',
  int_from_float: 'issueInteger',
  float_type: 'issueNumber',
  float_parsing: 'issueNumber',
  finite_number: 'issueNumber',
  bool_type: 'issueBoolean',
  bool_parsing: 'issueBoolean',
  string_type: 'issueText',
  string_too_short: 'issueTextShort',
  string_too_long: 'issueTextLong',
  too_short: 'issueListShort',
  too_long: 'issueListLong',
  url_parsing: 'issueUrl',
  file_empty: 'issueFileEmpty',
  file_not_picture: 'issueFileNotPicture',
  file_not_ply: 'issueFileNotPly',
  file_broken: 'issueFileBroken',
  file_too_large: 'issueFileTooLarge',
  picture_too_long: 'issuePictureTooLong',
  picture_too_large: 'issuePictureTooLarge',
  template_too_large: 'issueTemplateTooLarge',
  template_flat: 'issueTemplateFlat',
  template_flat_gray: 'issueTemplateFlatGray',
  mask_covers_all: 'issueMaskCoversAll',
  normals_missing: 'issueNormalsMissing',
  normal_zero: 'issueNormalZero',
  points_too_few: 'issuePointsTooFew',
  points_in_one_place: 'issuePointsInOnePlace',
  step_takes_raster: 'issueStepTakesPicture',
  step_takes_cloud: 'issueStepTakesCloud',
}

/** One mistake in the page's language; where the page has no words for it, the English sentence in quotes. */
export function useIssueText(): (issue: Pick<Issue, 'type' | 'message' | 'ctx'>) => string {
  const { t, locale } = useWords()
  return ({ type, message, ctx }) => {
    const key = SENTENCES[type]
    const said = key && t(key, ctx)
    if (said && !said.includes('{')) return said // a server does not send the values
    const plain = message.replace(/^Value error, /, '')
    return locale === 'en' ? plain : t('quoted', { text: plain })
  }
}
