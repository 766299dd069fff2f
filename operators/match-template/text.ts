import type { SpecText } from '../../core/text'

export const text: SpecText = {
  ru: {
    title: 'Поиск по шаблону',
    summary: 'Находит на снимке все места, похожие на маленькую картинку.',
    labels: {
      image: 'Изображение',
      template: 'Шаблон',
      matches: 'Отмеченные совпадения',
      heatmap: 'Тепловая карта',
      Matches: 'Совпадения',
      'Heat map': 'Тепловая карта',
      'Flagged files in a folder': 'Помеченные файлы в папке',
      'Capacitors on a circuit board': 'Конденсаторы на плате',
      'Ornaments on a scanned page': 'Орнаменты на скане страницы',
    },
    params: {
      method: {
        title: 'Метод',
        help: 'Как сравниваются участки. CCOEFF_NORMED не зависит от яркости и контраста.',
      },
      threshold: { title: 'Порог', help: 'Наименьшая оценка, которая считается совпадением; больше — строже.' },
      max_results: { title: 'Не больше', help: 'Сколько лучших совпадений вернуть.' },
      use_grayscale: { title: 'Без учёта цвета', help: 'Сравнивать только яркость: примерно втрое быстрее.' },
    },
  },
  zh: {
    title: '模板匹配',
    summary: '在图片中找出所有与小图相似的位置。',
    labels: {
      image: '图片',
      template: '模板',
      matches: '标注的匹配',
      heatmap: '热力图',
      Matches: '匹配',
      'Heat map': '热力图',
      'Flagged files in a folder': '文件夹中标红的文件',
      'Capacitors on a circuit board': '电路板上的电容',
      'Ornaments on a scanned page': '扫描页上的花饰',
    },
    params: {
      method: { title: '方法', help: '两块区域的比较方式。CCOEFF_NORMED 不受亮度和对比度变化影响。' },
      threshold: { title: '阈值', help: '计为匹配的最低得分，越高越严格。' },
      max_results: { title: '最多结果', help: '返回多少个最佳匹配。' },
      use_grayscale: { title: '忽略颜色', help: '只比较亮度，速度约为三倍。' },
    },
  },
}
