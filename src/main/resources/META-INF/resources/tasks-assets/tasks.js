// Keeps the page of a task up to date. Everything works without it, by reload.
(() => {
  'use strict';

  const LONGEST_WAIT = 30000;
  const BETWEEN_REFRESHES = 1000;
  const language = document.documentElement.lang;
  let refreshed = 0;
  let planned = false;
  let source = null;

  const task = () => document.getElementById('task');
  const byId = id => document.getElementById(id);
  const setText = (element, text) => {
    if (element && element.textContent !== text) {
      element.textContent = text;
    }
  };

  // The server writes UTC; a browser knows where its reader is.
  function localTimes() {
    const format = new Intl.DateTimeFormat(language, { dateStyle: 'medium', timeStyle: 'short' });
    for (const time of document.querySelectorAll('time[datetime]')) {
      if (!time.title) {
        time.title = time.textContent;
        time.textContent = format.format(new Date(time.dateTime));
      }
    }
  }

  function say(text) {
    setText(byId('announcement'), text);
  }

  // States, results and parts are written by the server alone: the page is fetched again and its task put in place.
  async function refresh() {
    planned = false;
    refreshed = Date.now();
    const response = await fetch(location.href, { headers: { Accept: 'text/html' }, cache: 'no-store' });
    const page = new DOMParser().parseFromString(await response.text(), 'text/html');
    const news = page.getElementById('task');
    if (!response.ok || !news) {
      location.reload();
      return;
    }
    const focused = task().contains(document.activeElement) ? document.activeElement.id : null;
    const deleting = byId('delete')?.open;
    task().replaceWith(document.adoptNode(news));
    document.title = page.title;
    if (deleting && byId('delete')) {
      byId('delete').open = true;
    }
    if (focused !== null) {
      (byId(focused) || byId('name')).focus();
    }
    localTimes();
    showLive();
  }

  function planRefresh() {
    if (!planned) {
      planned = true;
      const wait = Math.max(0, refreshed + BETWEEN_REFRESHES - Date.now());
      setTimeout(() => refresh().catch(planLater), wait);
    }
  }

  function planLater() {
    planned = true;
    setTimeout(() => refresh().catch(planLater), 5000);
  }

  function showProgress(news) {
    const shown = task().dataset;
    const percent = shown.percent.replace('%1', news.percent);
    const bar = byId('bar');
    bar.value = news.percent;
    setText(bar, percent);
    setText(byId('percent'), percent);
    setText(byId('steps'), shown.of.replace('%1', news.completed_steps).replace('%2', news.total_steps));
  }

  function isEnded(state) {
    return state === 'Succeeded' || state === 'Failed' || state === 'Canceled';
  }

  function show(news) {
    const shown = task().dataset;
    showProgress(news);
    const changed = news.state !== shown.state || String(news.attempts) !== shown.attempts;
    if (changed) {
      shown.state = news.state;
      shown.attempts = news.attempts;
      say(shown.name + ': ' + news.state_text);
    }
    if (changed || String(news.artifacts.length) !== shown.artifacts || shown.parts !== '0') {
      shown.artifacts = news.artifacts.length;
      planRefresh();
    }
    if (isEnded(news.state) && source) {
      source.close();
    }
  }

  function showLive() {
    const live = byId('live');
    if (live) {
      live.hidden = false;
    }
  }

  async function poll(wait) {
    let next = wait;
    try {
      const response = await fetch(task().dataset.address, { headers: { Accept: 'application/json' }, cache: 'no-store' });
      if (response.status === 401 || response.status === 404) {
        location.reload();
        return;
      }
      if (response.ok) {
        const news = await response.json();
        show(news);
        if (isEnded(news.state)) {
          return;
        }
      }
      const asked = Number(response.headers.get('Retry-After')) * 1000;
      next = asked > 0 ? asked : 3000;
    } catch (failure) {
      next = Math.min(wait * 2, LONGEST_WAIT);
    }
    setTimeout(() => poll(next), next);
  }

  function listen() {
    if (typeof EventSource === 'undefined') {
      poll(1000);
      return;
    }
    let failures = 0;
    const onNews = event => {
      failures = 0;
      try {
        show(JSON.parse(event.data));
      } catch (failure) {
        // What is no task says nothing about one, such as a heartbeat.
      }
    };
    source = new EventSource(task().dataset.events);
    source.onmessage = onNews;
    source.addEventListener('deleted', () => location.reload());
    source.onerror = () => {
      failures += 1;
      // It connects again by itself, unless it is told that there is nothing to listen to.
      if ((source.readyState === EventSource.CLOSED || failures > 3) && !isEnded(task().dataset.state)) {
        source.close();
        poll(1000);
      }
    };
  }

  localTimes();
  if (task() && task().dataset.ended !== 'true') {
    showLive();
    listen();
  }
})();
