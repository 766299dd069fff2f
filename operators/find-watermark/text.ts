import type { SpecText } from '../../core/text'

export const text: SpecText = {
  ru: {
    title: 'Поиск водяных знаков',
    summary: 'Находит то, что наложено на изображение: текст, повторяющиеся знаки и логотипы, с маской до пикселя.',
    labels: {
      image: 'Изображение',
      'A picture with a watermark': 'Изображение с водяным знаком',
      mask: 'Маска',
      highlight: 'Отмеченные места',
      Mask: 'Маска',
      Watermarks: 'Водяные знаки',
      watermarks_found: 'Найдено знаков',
      covered: 'Закрыто маской',
      boxes: 'Знаки',
      notes: 'Примечания',
      Kind: 'Вид',
      Score: 'Уверенность',
      Width: 'Ширина',
      Height: 'Высота',
      'No watermark was found. A mark that looks like a part of the scene can be painted over by hand.':
        'Водяной знак не найден. Знак, похожий на часть сцены, можно закрасить вручную.',
      'The model that finds text is not installed here: text was not looked for.':
        'Модель для поиска текста здесь не установлена: текст не искали.',
    },
    params: {
      include: {
        title: 'Какой текст учитывать',
        help: 'Только наложенный на изображение или также вывески, этикетки и подписи, которые к нему относятся.',
      },
      threshold: {
        title: 'Наименьшая уверенность',
        help: 'Насколько точно это не часть сцены; ниже — находит более слабые знаки и чаще ошибается.',
      },
      grow: {
        title: 'Поля, пиксели',
        help: 'Насколько маска выходит за знак: к нему относятся мягкие края и следы сжатия.',
      },
    },
  },
  zh: {
    title: '水印查找',
    summary: '找出叠加在图片上的内容：文字、重复的标记和徽标，并给出精确到像素的遮罩。',
    labels: {
      image: '图片',
      'A picture with a watermark': '带有水印的图片',
      mask: '遮罩',
      highlight: '标记的位置',
      Mask: '遮罩',
      Watermarks: '水印',
      watermarks_found: '找到的水印',
      covered: '遮罩占比',
      boxes: '水印',
      notes: '说明',
      Kind: '类型',
      Score: '可信度',
      Width: '宽',
      Height: '高',
      'No watermark was found. A mark that looks like a part of the scene can be painted over by hand.':
        '未找到水印。看起来像画面一部分的标记可以手动涂抹。',
      'The model that finds text is not installed here: text was not looked for.':
        '此处未安装文字检测模型：未查找文字。',
    },
    params: {
      include: { title: '包括哪些文字', help: '仅叠加在图片上的文字，或者也包括属于画面的招牌、标签和说明文字。' },
      threshold: { title: '最低可信度', help: '需要多大把握认定它不属于画面；越低越能找到淡的水印，误报也越多。' },
      grow: { title: '边距（像素）', help: '遮罩超出水印多少：柔和的边缘和压缩痕迹也属于水印。' },
    },
  },
}
