// What every page of ours has: the shell, the look, and the headers that keep strangers out of it. No frame of anybody
// else, nothing from elsewhere, and no script but those of our own that a page names.
import type { FastifyReply } from 'fastify';
import { publishAsset } from './assets.js';
import { html, type Content, type Html } from './html.js';

const STYLE = publishAsset(new URL('./page.css', import.meta.url));
const ICON = publishAsset(new URL('./favicon.svg', import.meta.url));

/** A page of text has no use for what a device knows of its owner, and neither has a script that got into it. */
const NO_DEVICES = 'camera=(), display-capture=(), geolocation=(), microphone=(), payment=(), usb=()';
/** Scripts of ours, and no text becomes markup but by the one way that is named `winnow`. */
const FOR_SCRIPTS = `script-src 'self'; connect-src 'self'; require-trusted-types-for 'script'; trusted-types winnow; `;

export interface Page {
  /** Stands in the browser's tab and is what a screen reader says first. */
  readonly title: string;
  readonly main: Content;
  /** What stands in the bar at the top, beside the name. */
  readonly bar?: Content;
  /** What stands beside the main part: the way through a long page. */
  readonly beside?: Content;
  /** Paths of style sheets beside the one of all pages. */
  readonly styles?: readonly string[];
  /** Paths of scripts of ours. A page must work without them. */
  readonly scripts?: readonly string[];
  /** A narrow column for reading, or the width of the desk. */
  readonly width?: 'reading' | 'desk';
  /** Origins beside our own that a form of the page may end at; browsers count redirects too. */
  readonly formTargets?: readonly string[];
  readonly isIndexed?: boolean;
  /** Whether pages of ours stand in frames on it. */
  readonly holdsFrames?: boolean;
  /** Made to stand in a frame of ours: without a bar, and no page of anybody else may hold it. */
  readonly isFramed?: boolean;
}

/** Sets the headers of a page and gives its text. */
export function writePage(reply: FastifyReply, page: Page): string {
  void reply.headers({
    'content-type': 'text/html; charset=utf-8',
    'content-security-policy': policy(page),
    // Not `no-referrer`: with it browsers send `Origin: null` along with our own forms.
    'referrer-policy': 'same-origin',
    'permissions-policy': NO_DEVICES,
    'cross-origin-opener-policy': 'same-origin',
    'cache-control': 'no-store',
  });
  return render(page);
}

function policy({ formTargets = [], scripts = [], holdsFrames = false, isFramed = false }: Page): string {
  const targets = formTargets.map((target) => ` ${target}`).join('');
  const forScripts = scripts.length > 0 ? FOR_SCRIPTS : '';
  return (
    `default-src 'none'; ${forScripts}${holdsFrames ? `frame-src 'self'; ` : ''}style-src 'self'; img-src 'self'; form-action 'self'${targets}; ` +
    `frame-ancestors ${isFramed ? `'self'` : `'none'`}; base-uri 'none'`
  );
}

function render(page: Page): string {
  const {
    title,
    main,
    bar,
    beside,
    styles = [],
    scripts = [],
    width = 'reading',
    isIndexed = false,
    isFramed = false,
  } = page;
  return html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        ${!isIndexed && html`<meta name="robots" content="noindex" />`}
        <title>${title}</title>
        <link rel="icon" type="image/svg+xml" href="${ICON}" />
        ${[STYLE, ...styles].map((style) => html`<link rel="stylesheet" href="${style}" />`)}
        ${scripts.map((script) => html`<script src="${script}" async></script>`)}
      </head>
      <body class="${width}">
        ${!isFramed && shell(bar)} ${beside}
        <main id="main" tabindex="-1">${main}</main>
      </body>
    </html>`.markup;
}

function shell(bar: Content): Html {
  return html`<a class="skip" href="#main">Skip to the content</a>
    <header class="bar">
      <a class="brand" href="/"><img src="${ICON}" alt="" width="28" height="28" /> Winnow</a>
      ${bar}
    </header>`;
}
