import type { Answer, Asked, Show } from './answer'
import { page, text } from './layout'
import { APP_PAGES } from './pages-apps'
import { TEXT_PAGES } from './pages-texts'
import { SHADOW_PAGE, inShadowFrame } from './shadow-page'

/** The pages by path. `/home` needs a session and sends whoever has none to sign in elsewhere. */
const PAGES: Record<string, Show> = {
  '/': () => redirect('/home'),
  '/home': (asked) =>
    asked.isSignedIn
      ? { html: home() }
      : redirect(
          `${asked.otherOrigin}/sign-in?return=${encodeURIComponent(`${asked.origin}/home`)}`,
        ),
  '/sign-in': signIn,
  '/search': search,
  '/requests/new': requestForm,
  '/requests/48213': ({ url }) => ({ html: requestSent(url.searchParams.get('about') ?? '') }),
  '/slow': () => ({
    html: page('Slow page', '<h1>Your requests</h1><p>That took a while.</p>'),
    delayMs: 2_300,
  }),
  '/broken': () => ({
    status: 503,
    html: page(
      'Service unavailable',
      '<h1>We are sorry</h1><p role="alert">The catalogue is not available.</p>',
    ),
  }),
  '/shadow': () => ({ html: SHADOW_PAGE }),
  '/in-shadow-frame': () => ({ html: inShadowFrame }),
  '/frames': ({ otherOrigin }) => ({ html: frames(otherOrigin) }),
  '/foreign': () => ({
    html: page(
      'Partner',
      '<p>Ask jane.doe@partner.example</p><input value="foreign value" aria-label="Foreign">',
    ),
  }),
  '/moving': () => ({ html: moving }),
  '/app': () => ({ html: app }),
  '/app/requests': () => ({ html: app }),
  '/app/requests/48213': () => ({ html: app }),
  '/app/data': () => ({ html: 'ready', delayMs: 1_600 }),
  '/patient': () => ({ html: patient }),
  '/names': () => ({ html: names }),
  ...APP_PAGES,
  ...TEXT_PAGES,
}

export function answerTo(asked: Asked): Answer {
  const show = PAGES[asked.url.pathname]
  return show ? show(asked) : { status: 404, html: page('Not found', '<h1>Page not found</h1>') }
}

function redirect(location: string): Answer {
  return { status: 302, headers: { location } }
}

function signIn({ method, url, form }: Asked): Answer {
  const back = url.searchParams.get('return') ?? '/home'
  if (method === 'POST' && form.get('password') !== '') {
    // Cookies know no ports, so both origins see this one.
    return { status: 302, headers: { location: back, 'set-cookie': 'portal=in; Path=/; HttpOnly' } }
  }
  return {
    html: page(
      'Sign in',
      `<h1>Sign in to St. Example</h1>
      <form method="post">
        <label>User name <input name="user" autocomplete="username" required></label>
        <label>Password <input name="password" type="password" autocomplete="current-password" required></label>
        <button>Sign in</button>
      </form>`,
    ),
  }
}

function home(): string {
  return page(
    'IT Self-Service',
    `<h1>How can we help?</h1>
    <form action="/search" role="search"><input type="search" name="q" aria-label="Search the portal" placeholder="What do you need?"><button>Search</button></form>
    <ul class="tiles">
      <li><a href="/requests/new">Network Access Provisioning (L2)</a></li>
      <li><a href="/slow">My requests</a></li>
      <li><a href="/broken">Service catalogue</a></li>
      <li><a href="/shadow">Virtual agent</a></li>
      <li><a href="/frames">Opening hours</a></li>
    </ul>
    <nav aria-label="More"><a href="/app" target="_blank" id="beta">Try our new portal</a></nav>`,
  )
}

function search({ url }: Asked): Answer {
  const words = url.searchParams.get('q') ?? ''
  const rows = [
    ['Jane Doe', 'jane.doe@hospital.example', '+49 351 458 1234', '4821973'],
    ['John Roe', 'john.roe@hospital.example', '(617) 555-0142', '7719302'],
  ]
  return {
    html: page(
      `Results for ${text(words)}`,
      `<h1>Results for “${text(words)}”</h1>
      <form action="/search" role="search"><input type="search" name="q" aria-label="Search the portal" value="${text(words)}"><button>Search</button></form>
      <table><thead><tr><th>Name</th><th>E-mail</th><th>Phone</th><th>Record</th><th></th></tr></thead><tbody>
      ${rows.map((row) => `<tr>${row.map((cell, column) => `<td>${column === 0 ? cell : `<span class="data">${cell}</span>`}</td>`).join('')}<td><button>Open ${row[0]}</button></td></tr>`).join('')}
      </tbody></table>
      <button id="clear">Clear ${text(words)}</button>`,
    ),
  }
}

function requestForm({ method, form }: Asked): Answer {
  if (method === 'POST' && form.get('agree'))
    return redirect(`/requests/48213?about=${encodeURIComponent(form.get('reason') ?? '')}`)
  const alert =
    method === 'POST'
      ? `<p role="alert">“${text(form.get('reason') ?? '')}” is no valid justification.</p>`
      : ''
  return {
    html: page(
      'Network Access Provisioning (L2)',
      `<h1>Network Access Provisioning (L2)</h1>${alert}
      <form method="post">
        <label>MAC address <input name="mac" required pattern="([0-9a-f]{2}:){5}[0-9a-f]{2}"></label>
        <label for="vlan">VLAN</label><select id="vlan" name="vlan"><option>Clinical</option><option>Guest</option></select>
        <label for="reason">Business justification</label><textarea id="reason" name="reason" rows="4"></textarea>
        <label><input type="checkbox" name="agree" value="1"> I have read policy NET-7</label>
        <button data-testid="submit-request">Submit request</button>
      </form>`,
    ),
  }
}

function requestSent(about: string): string {
  return page(
    'Request 48213',
    `<h1>Request REQ0048213 received</h1><p>You asked: ${text(about)}</p><a href="/home">Back to start</a>`,
  )
}

function frames(otherOrigin: string): string {
  return page(
    'Opening hours',
    `<h1>Opening hours</h1><p>Call <b>+49 351</b> 458 1234</p>
    <iframe id="foreign" src="${otherOrigin}/foreign" style="width:300px;height:120px;border:7px solid silver;padding:5px"></iframe>
    <iframe id="sandboxed" sandbox srcdoc="<p>sandboxed jane@hospital.example</p>" style="width:200px;height:60px"></iframe>
    <iframe id="near" src="/in-shadow-frame" style="width:320px;height:160px;border:9px solid silver;padding:11px;transform:scale(.8);transform-origin:0 0"></iframe>
    <canvas id="canvas" width="200" height="80"></canvas>
    <video id="video" width="200" height="80"></video>
    <div style="height:1500px"></div>
    <p id="low">Below: <span class="data">low.down@hospital.example</span></p>
    <input id="lowest" aria-label="Lowest" value="last">
    <script>const c=document.getElementById('canvas').getContext('2d');c.font='20px sans-serif';c.fillText('Jane Doe',10,40)</script>`,
  )
}

const moving = page(
  'Moving',
  `<h1>Please wait</h1><div id="mover" style="position:absolute;left:0;top:150px"><input id="field" value="moving secret"></div>
  <script>let far=false;setInterval(()=>{far=!far;document.getElementById('mover').style.left=far?'500px':'0'},50)</script>`,
)

const app = page(
  'New portal',
  `<h1 id="title">New portal</h1><button id="requests">My requests</button><button id="one">Open request</button><button id="load">Load all</button><div id="out"></div>
  <script>
    const show=(path,title)=>{history.pushState({},'',path);document.title=title;document.getElementById('title').textContent=title}
    document.getElementById('requests').onclick=()=>show('/app/requests','My requests')
    document.getElementById('one').onclick=()=>show('/app/requests/48213','Request 48213')
    document.getElementById('load').onclick=async()=>{document.getElementById('out').textContent=await(await fetch('/app/data')).text()}
    addEventListener('popstate',()=>{document.title='Back'})
  </script>`,
)

const patient = page(
  'Patient',
  `<h1>Appointment</h1>
  <dl><dt>Born</dt><dd><span class="data">12 March 1968</span></dd><dt>Record</dt><dd>MRN <span class="data">4821973</span></dd>
  <dt>Mail</dt><dd><span class="data">jane<wbr>.doe@<b>hospital</b>.example</span></dd><dt>SSN</dt><dd><span class="data">078-05-1120</span></dd></dl>
  <style>#badge::after{content:"MRN 4821973"} #attr::before{content:attr(data-mail)} .pic{width:160px;height:120px;background:url(data:image/svg+xml,%3Csvg%20xmlns=%22http://www.w3.org/2000/svg%22/%3E)}</style>
  <p id="badge">Badge </p><p id="attr" data-mail="hidden@hospital.example"></p>
  <p data-private id="private">Jane Doe</p><p class="fs-mask" id="masked">Room of Jane</p>
  <div class="pic" id="pic"></div><svg id="scan" width="140" height="140"><rect width="140" height="140" fill="red"/></svg><p><svg id="icon" width="16" height="16"><rect width="16" height="16"/></svg></p>
  <div contenteditable id="editable">typed here</div><div role="textbox" id="textbox">typed there</div>
  <input type="checkbox" id="check"><input type="radio" id="radio"><input type="range" id="range"><input type="date" id="date"><meter></meter>
  <input type="submit" id="plain" value="Save"><input type="button" id="mail" value="Mail jane@hospital.example"><input placeholder="placeholder secret" id="placeholder">
  <p id="words">Nothing private in this line, opened in 2026.</p>`,
)

const names = page(
  'Names',
  `<form><span id="a">Billing</span><input id="t1" aria-labelledby="a b"><span id="b">address</span>
  <input id="t2" aria-label="Phone" value="typed value"><label>City <input id="t3" value="typed city" placeholder="not this"></label>
  <label for="t4">Country <select><option>Chosen value</option></select> code</label><input id="t4">
  <input id="t5" placeholder="Placeholder last" value="typed"><input id="t6" type="submit" value="Send it"><input id="t7" title="From title" placeholder="p">
  <button id="t8"><img alt="Print" width="10" height="10"> this <span hidden>not</span><span aria-hidden="true">nor</span> page</button>
  <a id="t9" href="/home"><svg width="10" height="10"><title>Home</title></svg></a><h2 id="t10">Section <em>one</em></h2>
  <textarea id="t11" aria-label="Notes">typed notes</textarea><div id="t12" role="textbox" contenteditable aria-label="Rich">typed rich</div>
  <fieldset id="t13"><legend>Ways</legend></fieldset><button id="t14" aria-label="Close">×</button><div id="t15" contenteditable>typed</div>
  <button id="t16">Call jane.doe@hospital.example</button></form>
  <ul role="listbox"><li role="option" id="t17" aria-label="Doe, Jane">Doe</li></ul>
  <table><tr><td><button id="t18">Open Jane Doe</button></td></tr></table>
  <div id="r:1:"><button data-testid="stable" class="x">Twice</button></div><p id="para">Only <span id="inner">text here</span></p>`,
)
