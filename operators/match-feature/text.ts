import type { SpecText } from '../../core/text'

export const text: SpecText = {
  ru: {
    title: 'Сопоставление деталей',
    summary:
      'Находит одни и те же детали на двух снимках — повёрнутых, в другом масштабе, под наклоном — и как они совмещаются.',
    labels: {
      query_image: 'Снимок-запрос',
      train_image: 'Снимок для поиска',
      matches: 'Отмеченные совпадения',
      aligned: 'Запрос, наложенный на второй снимок',
      Matches: 'Совпадения',
      'A page and its photograph': 'Страница и её фотография',
      'A circuit board among repeated parts': 'Плата с повторяющимися деталями',
    },
    params: {
      detector: {
        title: 'Детектор',
        help: 'Как детали находятся и описываются. SIFT находит больше всех, ORB быстрее всех.',
      },
      matcher: {
        title: 'Сопоставитель',
        help: 'BFMatcher сравнивает все со всеми; FLANN в подробных снимках ищет по индексу и может упустить одно совпадение из пятидесяти.',
      },
      ratio_threshold: {
        title: 'Порог отношения',
        help: 'Тест Лоу: насколько лучшее совпадение должно быть ближе второго; меньше — строже.',
      },
      max_matches: { title: 'Не больше', help: 'Сколько лучших совпадений оставить.' },
    },
  },
  zh: {
    title: '特征匹配',
    summary: '在两张图片中找出相同的细节（可旋转、缩放或倾斜），并求出两图如何对齐。',
    labels: {
      query_image: '查询图片',
      train_image: '目标图片',
      matches: '标注的匹配',
      aligned: '对齐到目标上的查询图片',
      Matches: '匹配',
      'A page and its photograph': '一页文字和它的照片',
      'A circuit board among repeated parts': '有重复元件的电路板',
    },
    params: {
      detector: { title: '检测器', help: '细节的检测与描述方式。SIFT 找得最多，ORB 最快。' },
      matcher: { title: '匹配器', help: 'BFMatcher 逐一比较；FLANN 在细节很多时用索引搜索，约五十个中会漏掉一个。' },
      ratio_threshold: { title: '比值阈值', help: 'Lowe 检验：最佳匹配须比次佳近多少，越低越严格。' },
      max_matches: { title: '最多匹配', help: '保留多少个最佳匹配。' },
    },
  },
}
