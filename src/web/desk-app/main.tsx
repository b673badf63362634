// Takes the place of the list that the page came with: the same queue, at the pace of the keyboard.
import { render } from 'preact';
import { App } from './app.js';
import { readAsked } from './asked.js';
import { Queue } from './queue.js';
import { readScene } from './scene.js';
import { QueueContext } from './use-queue.js';

if (document.readyState === 'loading') addEventListener('DOMContentLoaded', takeOver);
else takeOver();

function takeOver(): void {
  const place = document.getElementById('queue-app');
  if (!place) return;
  const queue = new Queue(readScene(place.dataset.scene), readAsked(location.search));
  const shown = queue.load();
  // What the page came with stays until there is something to put in its place.
  void shown.then(() => {
    place.replaceChildren();
    place.dataset.live = '';
    render(
      <QueueContext.Provider value={queue}>
        <App />
      </QueueContext.Provider>,
      place,
    );
  });
}
