import type { SpecText } from '../../core/text'

export const text: SpecText = {
  ru: {
    title: 'Фильтр содержания',
    summary: 'Говорит, насколько вероятно, что снимок сексуальный, и должен ли кто-то сначала посмотреть на него.',
    labels: {
      'A cup of coffee': 'Чашка кофе',
      image: 'Снимок',
      policy: 'Совет',
      'Fine to show': 'Ничего не нужно',
      'Look at it first': 'Сначала посмотреть',
      Blocked: 'Заблокирован',
      explicit: 'Откровенное',
      suggestive: 'Двусмысленное',
      classes: 'Классы',
      name: 'Класс',
      score: 'Уверенность',
      model: 'Модель',
    },
    params: {
      review_explicit: {
        title: 'Проверять откровенное от',
        help: 'Сумма porn и hentai, с которой на снимок должен кто-то посмотреть.',
      },
      review_suggestive: {
        title: 'Проверять двусмысленное от',
        help: 'Сумма porn, hentai и sexy, с которой на снимок должен кто-то посмотреть.',
      },
      block_explicit: {
        title: 'Блокировать откровенное от',
        help: 'Сумма porn и hentai, с которой снимок блокируется не глядя; больше 1 — никогда: модель ошибается.',
      },
    },
  },
  zh: {
    title: '内容过滤',
    summary: '判断图片含性内容的可能性，以及是否应先由人查看。',
    labels: {
      'A cup of coffee': '一杯咖啡',
      image: '图片',
      policy: '建议',
      'Fine to show': '无需处理',
      'Look at it first': '先查看',
      Blocked: '已拦截',
      explicit: '露骨',
      suggestive: '暗示',
      classes: '类别',
      name: '类别',
      score: '可信度',
      model: '模型',
    },
    params: {
      review_explicit: { title: '露骨内容复核阈值', help: 'porn 与 hentai 之和达到此值时应由人查看。' },
      review_suggestive: { title: '暗示内容复核阈值', help: 'porn、hentai 与 sexy 之和达到此值时应由人查看。' },
      block_explicit: {
        title: '露骨内容拦截阈值',
        help: 'porn 与 hentai 之和达到此值时直接拦截；大于 1 表示从不，因为模型会出错。',
      },
    },
  },
}
