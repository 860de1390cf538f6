// What every peer starts Chromium with, so that only the driver differs.
export const CHROMIUM = process.env.CHROMIUM ?? '/usr/lib/chromium/chromium';
export const WINDOW = { width: 1366, height: 768 };

// Running as root (a container, say) Chromium refuses its sandbox.
const ROOT = process.getuid?.() === 0 ? ['--no-sandbox'] : [];

export const FLAGS = [
  '--headless=new',
  `--window-size=${WINDOW.width},${WINDOW.height}`,
  // Without it a headless screen has 800x600, less than the window.
  '--screen-info={1920x1080}',
  '--disable-blink-features=AutomationControlled',
  '--no-first-run',
  ...ROOT,
];

// The whole browser on a window system without a display, instead of its headless mode.
export const WINDOW_SYSTEM = FLAGS.map((flag) => (flag.startsWith('--headless') ? '--ozone-platform=headless' : flag));
