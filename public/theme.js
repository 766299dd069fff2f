// Runs before the first paint, so that the page never shows in the wrong theme.
(function () {
  var choice = 'system'
  try {
    choice = JSON.parse(localStorage.getItem('darkroom.theme')) || 'system'
  } catch (_) {}
  var light = choice === 'light' || (choice === 'system' && matchMedia('(prefers-color-scheme: light)').matches)
  document.documentElement.dataset.theme = light ? 'light' : 'dark'
})()
