// What one JavaScript context says of the browser: run in the page, in frames and in every kind of worker.
// Sets self.probe, an async function without arguments.
(() => {
  const HINTS = ['architecture', 'bitness', 'formFactors', 'fullVersionList', 'model', 'platformVersion', 'uaFullVersion', 'wow64'];

  async function clientHints() {
    const data = navigator.userAgentData;
    if (!data) return null;
    const { brands, mobile, platform } = data;
    return { brands, mobile, platform, high: await data.getHighEntropyValues(HINTS) };
  }

  function locale() {
    const { timeZone, locale } = Intl.DateTimeFormat().resolvedOptions();
    const now = new Date();
    return { timeZone, locale, number: (1234567.5).toLocaleString(), now: now.getTime(), offset: now.getTimezoneOffset() };
  }

  function webgl() {
    try {
      const canvas = self.document ? document.createElement('canvas') : new OffscreenCanvas(1, 1);
      const gl = canvas.getContext('webgl');
      if (!gl) return null;
      const info = gl.getExtension('WEBGL_debug_renderer_info');
      return { vendor: gl.getParameter(info.UNMASKED_VENDOR_WEBGL), renderer: gl.getParameter(info.UNMASKED_RENDERER_WEBGL) };
    } catch (error) {
      return { error: String(error) };
    }
  }

  // What a drawing reads back as, and how many colours one colour does.
  function drawing() {
    const pen = (self.document ? Object.assign(document.createElement('canvas'), { width: 160, height: 40 }) : new OffscreenCanvas(160, 40)).getContext('2d');
    const read = () => [...new Uint32Array(pen.getImageData(0, 0, 160, 40).data.buffer)];
    pen.fillStyle = '#369';
    pen.fillRect(0, 0, 160, 40);
    const colours = new Set(read()).size;
    pen.fillStyle = '#c42';
    pen.fillRect(20, 8, 60, 12);
    return { colours, sum: read().reduce((sum, pixel) => (sum * 31 + pixel) | 0, 7) };
  }

  const SOURCE = /^function (\w+)\(\) { \[native code\] }$/;
  // Functions that do not say they are the browser's own, by their names.
  function replaced() {
    const kinds = ['HTMLCanvasElement', 'CanvasRenderingContext2D', 'WebGLRenderingContext', 'Navigator'].filter((kind) => self[kind]);
    return kinds.flatMap((kind) => Object.entries(Object.getOwnPropertyDescriptors(self[kind].prototype))
      .filter(([name, { value }]) => typeof value === 'function' && name !== 'constructor' && SOURCE.exec(Function.prototype.toString.call(value))?.[1] !== name)
      .map(([name]) => `${kind}.${name}`));
  }

  // A client that enabled the Runtime domain gets logged objects serialised, which reads an error's stack.
  function consoleIsRead() {
    const before = Error.prepareStackTrace;
    let read = false;
    Error.prepareStackTrace = () => { read = true; return ''; };
    console.debug(new Error(''));
    Error.prepareStackTrace = before;
    return read;
  }

  async function echo() {
    try {
      return await (await fetch('/echo', { cache: 'no-store' })).json();
    } catch (error) {
      return { error: String(error) };
    }
  }

  self.probe = async () => ({
    userAgent: navigator.userAgent,
    appVersion: navigator.appVersion,
    platform: navigator.platform,
    language: navigator.language,
    languages: [...navigator.languages],
    webdriver: navigator.webdriver,
    hardwareConcurrency: navigator.hardwareConcurrency,
    deviceMemory: navigator.deviceMemory,
    userAgentData: await clientHints(),
    locale: locale(),
    webgl: webgl(),
    drawing: drawing(),
    replaced: replaced(),
    consoleIsRead: consoleIsRead(),
    headers: await echo(),
  });
})();
