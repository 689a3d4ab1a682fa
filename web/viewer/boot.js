// Says in words why there is no map, where the viewer itself cannot: a browser refuses modules from file://, and an old
// one does not know them. A plain script, because those two cases are the ones in which modules do not run.
(function () {
  'use strict';
  var french = /^fr/i.test(navigator.language || '');
  var text = '';
  if (location.protocol === 'file:') {
    text = french
      ? 'Cette carte ne peut pas être ouverte comme un fichier : son dossier doit passer par un serveur web. ' +
        'Par exemple, dans ce dossier : python3 -m http.server, puis http://localhost:8000/ dans le navigateur.'
      : 'This map cannot be opened as a file: its folder has to come from a web server. ' +
        'For example, inside this folder: python3 -m http.server, then http://localhost:8000/ in the browser.';
  } else if (!('noModule' in document.createElement('script'))) {
    text = french ? 'Ce navigateur est trop ancien pour cette carte.' : 'This browser is too old for this map.';
  }
  if (text) {
    var box = document.getElementById('message');
    box.textContent = text;
    box.hidden = false;
  }
})();
