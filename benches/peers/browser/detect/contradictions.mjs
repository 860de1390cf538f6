// Names what a browser says of itself that does not fit together. Pure: takes what the page collected.

const SYSTEMS = [
  { agent: /Android/, platform: /^Linux (arm|aarch|x86|i686)/, hint: 'Android' },
  { agent: /CrOS/, platform: /^Linux/, hint: 'Chrome OS' },
  { agent: /X11; Linux/, platform: /^Linux/, hint: 'Linux' },
  { agent: /Windows NT/, platform: /^Win32$/, hint: 'Windows' },
  { agent: /Macintosh/, platform: /^MacIntel$/, hint: 'macOS' },
];

const text = (value) => (typeof value === 'string' ? value : JSON.stringify(value));
const same = (a, b) => JSON.stringify(a) === JSON.stringify(b);
const major = (version) => String(version ?? '').split('.')[0];
const baseLanguage = (tag) => String(tag).split('-')[0].toLowerCase();
const unquote = (value) => String(value).replace(/^"|"$/g, '');
const agentMajor = (agent) => /Chrome\/(\d+)/.exec(agent)?.[1];
const brandKey = (list) => list.map(({ brand, version }) => `${brand}/${version}`).join(', ');

// `"A";v="1", "B";v="2"` as [{brand, version}], in the order sent.
function brandList(header) {
  return [...header.matchAll(/"((?:[^"\\]|\\.)*)";v="([^"]*)"/g)].map(([, brand, version]) => ({ brand, version }));
}

const acceptLanguages = (header) => header.split(',').map((part) => part.split(';')[0].trim()).filter(Boolean);

// Minutes west of UTC, as Date.getTimezoneOffset gives.
function zoneOffset(timeZone, now) {
  const parts = new Intl.DateTimeFormat('en-US', { timeZone, timeZoneName: 'longOffset' }).formatToParts(now);
  const name = parts.find((part) => part.type === 'timeZoneName').value;
  const [, sign, hours, minutes] = /GMT(?:([+-])(\d+):(\d+))?/.exec(name);
  return sign ? (sign === '+' ? -1 : 1) * (Number(hours) * 60 + Number(minutes)) : 0;
}

// One header set against what a script context says.
function headerIssues(where, headers, context) {
  const issues = [];
  const say = (name, sent, read) => issues.push(`${where}: ${name} header ${text(sent)} but script says ${text(read)}`);
  const agent = headers['user-agent'];
  if (agent !== context.userAgent) say('User-Agent', agent, context.userAgent);
  issues.push(...languageIssues(where, headers['accept-language'], context));
  if (context.userAgentData) hintIssues(headers, context.userAgentData, say);
  return issues;
}

function languageIssues(where, header, { language, languages }) {
  if (header === undefined) return [];
  const sent = acceptLanguages(header);
  const issues = [];
  if (sent[0] !== language) issues.push(`${where}: Accept-Language starts with ${sent[0]} but navigator.language is ${language}`);
  const unsent = languages.filter((tag) => !sent.includes(tag));
  if (sent.length > 1 && unsent.length) issues.push(`${where}: Accept-Language "${header}" lacks ${unsent} of navigator.languages`);
  // The browser itself adds each language without its region.
  const known = new Set([...languages, ...languages.map(baseLanguage)]);
  const extra = sent.filter((tag) => !known.has(tag));
  if (extra.length) issues.push(`${where}: Accept-Language "${header}" has ${extra}, not in navigator.languages ${languages}`);
  return issues;
}

function hintIssues(headers, data, say) {
  const compare = (name, read, parse = unquote) => {
    if (headers[name] === undefined || read === undefined) return;
    if (!same(parse(headers[name]), read)) say(name, headers[name], read);
  };
  compare('sec-ch-ua', brandKey(data.brands), (value) => brandKey(brandList(value)));
  compare('sec-ch-ua-mobile', data.mobile ? '?1' : '?0');
  compare('sec-ch-ua-platform', data.platform);
  compare('sec-ch-ua-arch', data.high.architecture);
  compare('sec-ch-ua-bitness', data.high.bitness);
  compare('sec-ch-ua-model', data.high.model);
  compare('sec-ch-ua-platform-version', data.high.platformVersion);
  compare('sec-ch-ua-form-factors', data.high.formFactors?.join(', '), (value) => value.replaceAll('"', ''));
  const full = data.high.fullVersionList;
  compare('sec-ch-ua-full-version-list', full && brandKey(full), (value) => brandKey(brandList(value)));
}

// What one script context says, within itself.
function contextIssues(where, context) {
  const issues = [];
  const say = (issue) => issues.push(`${where}: ${issue}`);
  const { userAgent, appVersion, platform, language, languages, webdriver, userAgentData: data, locale } = context;
  if (appVersion && userAgent !== `Mozilla/${appVersion}`) say(`appVersion "${appVersion}" is not userAgent's`);
  if (languages[0] !== language) say(`language ${language} is not the first of languages ${languages}`);
  if (webdriver === true) say(`webdriver is true${/Headless/.test(userAgent) ? '' : ' while the user agent is not headless'}`);
  const system = SYSTEMS.find(({ agent }) => agent.test(userAgent));
  if (system && !system.platform.test(platform)) say(`platform "${platform}" under user agent "${userAgent}"`);
  if (data) dataIssues(data, userAgent, platform, system, say);
  if (locale) localeIssues(locale, language, say);
  if (context.drawing?.colours > 1) say(`one colour drawn reads back as ${context.drawing.colours}`);
  if (context.replaced?.length) say(`functions that are not the browser's own: ${context.replaced}`);
  return issues;
}

function dataIssues(data, userAgent, platform, system, say) {
  const version = agentMajor(userAgent);
  const chromium = (list) => list?.find(({ brand }) => brand === 'Chromium')?.version;
  const headless = (list) => list?.some(({ brand }) => /Headless/.test(brand));
  if (major(chromium(data.brands)) !== version) say(`userAgent has Chrome ${version}, brands have ${text(data.brands)}`);
  if (major(chromium(data.high.fullVersionList)) !== version) say(`userAgent has Chrome ${version}, fullVersionList has ${text(data.high.fullVersionList)}`);
  if (headless(data.brands) !== /Headless/.test(userAgent)) say(`only one of userAgent and brands is headless: ${userAgent}, ${brandKey(data.brands)}`);
  const names = (list) => list?.map(({ brand }) => brand);
  const full = data.high.fullVersionList;
  if (full && !same(names(full), names(data.brands))) say(`fullVersionList is in another order than brands: ${names(full)}; ${names(data.brands)}`);
  const whole = data.high.uaFullVersion;
  if (whole && full && whole !== chromium(full)) say(`uaFullVersion ${whole} but fullVersionList has ${chromium(full)}`);
  if (system && data.platform !== system.hint) say(`userAgentData.platform "${data.platform}" under user agent "${userAgent}"`);
  if (data.mobile !== /Mobile/.test(userAgent)) say(`userAgentData.mobile is ${data.mobile} under user agent "${userAgent}"`);
  const wide = /x86_64|aarch64/.test(platform);
  if (wide && data.high.bitness !== '64') say(`bitness "${data.high.bitness}" on platform "${platform}"`);
  if (/x86_64/.test(platform) && data.high.architecture !== 'x86') say(`architecture "${data.high.architecture}" on platform "${platform}"`);
  const factors = data.high.formFactors;
  if (factors && !data.mobile && !factors.includes('Desktop')) say(`formFactors ${text(factors)} on a desktop`);
}

function localeIssues(locale, language, say) {
  if (baseLanguage(locale.locale) !== baseLanguage(language)) say(`Intl locale ${locale.locale} but navigator.language ${language}`);
  const expected = zoneOffset(locale.timeZone, locale.now);
  if (expected !== locale.offset) say(`time zone ${locale.timeZone} with an offset of ${locale.offset} minutes`);
}

const PLAIN = ['userAgent', 'platform', 'language', 'languages', 'webdriver', 'hardwareConcurrency', 'deviceMemory', 'webgl', 'drawing'];
const PARTS = {
  userAgentData: ['brands', 'mobile', 'platform'],
  'userAgentData.high': ['architecture', 'bitness', 'formFactors', 'fullVersionList', 'model', 'platformVersion', 'uaFullVersion', 'wow64'],
  locale: ['timeZone', 'locale', 'number', 'offset'],
};
const part = (context, path) => path.split('.').reduce((value, name) => value?.[name], context);

// One context against the page. Fields a context does not have at all (deviceMemory needs a secure one) are skipped.
function differences(where, context, page) {
  const issues = [];
  const compare = (name, a, b) => {
    if (a === undefined || b === undefined || same(a, b)) return;
    issues.push(`${where}: ${name} is ${text(a)}, in the page ${text(b)}`);
  };
  for (const name of PLAIN) compare(name, context[name], page[name]);
  for (const [path, names] of Object.entries(PARTS)) {
    for (const name of names) compare(`${path}.${name}`, part(context, path)?.[name], part(page, path)?.[name]);
  }
  return issues;
}

function displayIssues({ screen, window, contexts }) {
  const issues = [];
  const say = (found, issue) => { if (found) issues.push(`display: ${issue}`); };
  const { innerWidth, innerHeight, outerWidth, outerHeight } = window;
  const sizes = `outer ${outerWidth}x${outerHeight}, inner ${innerWidth}x${innerHeight}, screen ${screen.width}x${screen.height}`;
  const scaled = Math.max(1, window.devicePixelRatio);
  say(outerWidth === 0 || outerHeight === 0, `the window has no outer size: ${sizes}`);
  say(innerWidth > outerWidth * scaled || innerHeight > outerHeight * scaled, `the window is smaller than its inside: ${sizes}`);
  say(outerWidth > screen.width || outerHeight > screen.height, `the window is larger than the screen: ${sizes}`);
  const desktop = contexts.page.userAgentData?.mobile === false;
  say(desktop && outerHeight > 0 && outerHeight === innerHeight, `a desktop window without tab strip and toolbar: ${sizes}`);
  say(screen.availWidth > screen.width || screen.availHeight > screen.height, `more of the screen is available than there is: ${text(screen)}`);
  return issues;
}

function pageIssues({ permissions, plugins, navigatorOwnProperties, contexts }) {
  const issues = [];
  const { state, notification } = permissions;
  const expected = { default: 'prompt', granted: 'granted', denied: 'denied' }[notification];
  if (expected !== state) issues.push(`page: Notification.permission is ${notification} but the permission query says ${state}`);
  if (plugins === 0 && contexts.page.userAgentData?.mobile === false) issues.push('page: a desktop Chromium without plugins');
  if (navigatorOwnProperties.length) issues.push(`page: navigator has properties of its own: ${navigatorOwnProperties}`);
  if (contexts.page.webdriver === undefined) issues.push('page: navigator.webdriver is missing');
  return issues;
}

function workerIssues({ contexts }) {
  const issues = [];
  for (const [where, context] of Object.entries(contexts)) {
    if (context.error) issues.push(`${where}: ${context.error}`);
    if (context.error || where === 'page') continue;
    issues.push(...differences(where, context, contexts.page));
  }
  return issues;
}

// Chromium sends no client hints on requests that workers make; an override can add them.
function workerHintIssues(contexts) {
  return Object.entries(contexts).flatMap(([where, { headers }]) => {
    const sent = Object.keys(headers ?? {}).filter((name) => name.startsWith('sec-ch-'));
    return /worker/i.test(where) && sent.length ? [`${where} fetch: sends ${sent}, which Chromium's workers do not`] : [];
  });
}

// Each context's own fetch, and the requests for documents and worker scripts, against the page's script.
function requestIssues({ contexts, headers, requests }) {
  const issues = [...headerIssues('page request', headers, contexts.page), ...workerHintIssues(contexts)];
  for (const [where, context] of Object.entries(contexts)) {
    if (context.headers && !context.headers.error) issues.push(...headerIssues(`${where} fetch`, context.headers, context));
  }
  for (const request of requests) {
    issues.push(...headerIssues(`request of ${request.kind ?? request.path}`, request.headers, contexts.page));
  }
  return issues;
}

export function contradictions(collected) {
  const within = Object.entries(collected.contexts).filter(([, context]) => !context.error);
  // What the page says wrongly of itself is said once, not again for each worker that agrees with it.
  const told = contextIssues('', collected.contexts.page).map((issue) => issue.slice(2));
  const own = within.flatMap(([where, context]) => {
    const issues = contextIssues(where, context);
    return where === 'page' ? issues : issues.filter((issue) => !told.some((known) => issue.endsWith(known)));
  });
  return [...own, ...workerIssues(collected), ...requestIssues(collected), ...displayIssues(collected), ...pageIssues(collected)];
}
